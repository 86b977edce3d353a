-- Watch lists of the station's own, each with the purposes (`track/purpose`) for which it may be searched.
create table watch_list (
  list     integer primary key generated always as identity,
  name     text not null unique,
  purposes text[] not null check (cardinality(purposes) > 0),
  format   text not null,
  -- Of the file as it was last imported, with how many of its rows were read and how many were refused.
  sha256   bytea not null check (length(sha256) = 32),
  imported bigint not null,
  read     bigint not null,
  refused  bigint not null
);

-- Rows of the last import that could not be read, or not wholly: where and why, never what they said.
create table watch_list_remark (
  list    integer not null references watch_list on delete cascade,
  number  bigint not null,
  line    bigint not null,
  refused boolean not null,
  reason  text not null,
  what    text not null,
  primary key (list, number)
);

-- Rows of a list on their way in, piece by piece; what an import that was killed left is removed by the next one.
create unlogged table watch_list_staged (
  import   text not null,
  began    bigint not null,
  line     bigint not null,
  entry    text not null,
  kind     text not null,
  label    text not null,
  identity text,
  keys     text not null,
  details  text not null,
  hash     bytea not null
);
create index watch_list_staged_entry on watch_list_staged (import, entry, line);
create unlogged table watch_list_staged_remark (
  import  text not null,
  line    bigint not null,
  refused boolean not null,
  reason  text not null,
  what    text not null
);
create index watch_list_staged_remark_import on watch_list_staged_remark (import, line);

-- Whom or what an act, a draft or an entry of a watch list is about, as far as it can be compared. It comes and goes with
-- what it was read from, in the same transaction.
create table subject (
  subject  bigint primary key generated always as identity,
  -- None: of a watch list.
  relation smallint references relation,
  act      bytea check (length(act) = 32),
  draft    uuid references draft on delete cascade,
  list     integer references watch_list on delete cascade,
  -- The entry's own id in its list.
  entry    text,
  dossier  bytea check (length(dossier) = 16),
  -- Which of the act's subjects.
  place    smallint not null default 0,
  track    text,
  -- What the act itself says it is for; where it says nothing, its dossier does.
  purpose  text,
  kind     text not null,
  label    text not null,
  -- What is compared by likeness (packages/matching); none where only numbers are.
  identity jsonb,
  -- Numbers in their one spelling, `telephone:+33639980001`: compared by equality.
  keys     text[] not null,
  -- What else a watch list says of it.
  details  jsonb,
  -- SHA-256 of what is compared: with it a decision of an officer stands or falls.
  hash     bytea not null check (length(hash) = 32),
  -- Where its likeness is searched: every relation and every list by itself, and in them like among like.
  room     text not null generated always as (coalesce('list/' || list, 'relation/' || relation) || '/' || kind) stored,
  check (num_nonnulls(act, draft, list) = 1),
  check ((list is null) = (relation is not null)),
  check ((list is null) = (entry is null))
);
create unique index subject_act on subject (relation, act, place) where act is not null;
create unique index subject_draft on subject (draft, place) where draft is not null;
create unique index subject_entry on subject (list, entry) where list is not null;
create index subject_dossier on subject (dossier, relation) where dossier is not null;
create index subject_keys on subject using gin (keys);
create index subject_of_room on subject (room, subject) where identity is not null;

-- Subjects that are yet to be compared with what the station holds.
create table screening_due (
  subject bigint primary key references subject on delete cascade
);

-- A match: two subjects that may be one. A proposal to an officer until one has decided.
create table match (
  match          bigint primary key generated always as identity,
  use            text not null check (use in ('watch-list', 'dossier', 'other-road')),
  relation       smallint not null references relation,
  "left"         bigint not null references subject on delete cascade,
  "right"        bigint not null references subject on delete cascade,
  -- What was compared, so that a decision falls once either side says something else.
  left_hash      bytea not null,
  right_hash     bytea not null,
  -- None: of a watch list. Another one: shown only to whoever may know both.
  other_relation smallint references relation,
  probability    real not null check (probability between 0 and 1),
  terms          jsonb not null,
  proposed       bigint not null,
  state          text not null default 'proposed' check (state in ('proposed', 'confirmed', 'rejected')),
  decided        bigint,
  officer        smallint references officer,
  unique ("left", "right", left_hash, right_hash),
  check ((state = 'proposed') = (decided is null))
);
create index match_relation on match (relation, match);
create index match_waiting on match (relation) where state = 'proposed';
create index match_other on match (other_relation, match) where other_relation is not null;
create index match_right on match ("right");
create index match_hashes on match (left_hash, right_hash);

-- How often what is searched in a room has changed, and what changed, numbered in the order of commits: the row's lock is
-- held until then. From it the search structures in memory are brought up to date.
create table subject_room (
  room    text primary key,
  last     bigint not null,
  -- Changes up to this one are no longer kept.
  dropped  bigint not null default 0,
  -- The change at which its search structure was last written whole; none where it has gone, or is being written.
  snapshot bigint
);
create table subject_change (
  room    text not null,
  number  bigint not null,
  subject bigint not null,
  primary key (room, number, subject)
);

-- A search structure as it was, in pieces. Derived; gone at once when somebody in it is erased.
create table subject_snapshot (
  room  text not null,
  piece integer not null,
  bytes bytea not null,
  primary key (room, piece)
);

create function note_subjects_changed() returns trigger language plpgsql as $$
begin
  -- One writer of a relation's or of a list's rooms at a time, whichever of them it writes first.
  perform pg_advisory_xact_lock(7310113, owner)
    from (select distinct coalesce(relation, -list)::int as owner from changed where identity is not null order by 1) owners;
  with moved as (
    insert into subject_room (room, last) select distinct room, 1 from changed where identity is not null order by room
    on conflict (room) do update set last = subject_room.last + 1 returning room, last)
  insert into subject_change select room, moved.last, subject from changed join moved using (room)
    where identity is not null;
  if tg_op = 'DELETE' then
    delete from subject_snapshot where room in (select room from changed where identity is not null);
    update subject_room set snapshot = null
      where snapshot is not null and room in (select room from changed where identity is not null);
  end if;
  return null;
end $$;

create trigger subject_inserted after insert on subject referencing new table as changed
  for each statement execute function note_subjects_changed();
create trigger subject_updated after update on subject referencing new table as changed
  for each statement execute function note_subjects_changed();
create trigger subject_deleted after delete on subject referencing old table as changed
  for each statement execute function note_subjects_changed();

-- What concerns several relations is told to those who may know them all: such an event names none.
alter table event alter column relation drop not null;
