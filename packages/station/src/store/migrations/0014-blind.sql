-- The relation's own acts are few among many: what blind checks say is found without reading past every dossier's entries.
create index entry_of_relation on entry (relation, channel, index)
  where dossier = '\x00000000000000000000000000000000' and not heads;

-- How far the counterpart's channel has been taken in for blind checks.
create table blind_mark (
  relation smallint primary key references relation,
  -- The epoch's channel: a new one begins with the common prefix.
  channel  integer not null,
  index    bigint not null check (index >= 0)
);

-- Sets that were published: ours and the counterpart's. The table of tags is the file the act names.
create table blind_set (
  relation      smallint not null references relation,
  own           boolean not null,
  act           bytea not null check (length(act) = 32),
  purpose       text not null,
  epoch         integer not null check (epoch > 0),
  key           bytea not null check (length(key) = 32),
  pages         integer not null check (pages > 0),
  root          bytea not null check (length(root) = 32),
  sealed_sha256 bytea not null check (length(sealed_sha256) = 32),
  made          bigint not null,
  -- Whether the table that came has the root its act names; null until it came. Ours is what we wrote.
  holds         boolean,
  primary key (relation, own, act)
);
create index blind_set_purpose on blind_set (relation, own, purpose, made);

-- Checks our officers asked. Whom about is in `opening` alone, sealed to the offline key; while the answer is awaited the
-- station has the same in `pending`, sealed to its storage key.
create table blind_check (
  relation smallint not null references relation,
  act      bytea not null check (length(act) = 32),
  set_act  bytea not null check (length(set_act) = 32),
  purpose  text not null,
  officer  integer not null,
  made     bigint not null,
  opening  bytea not null,
  pending  bytea,
  state    text not null default 'asked' check (state in ('asked', 'hit', 'no-hit', 'refused', 'invalid')),
  reason   text,
  answer   bytea check (length(answer) = 32),
  settled  bigint,
  primary key (relation, act),
  check ((state = 'asked') = (settled is null)),
  check (state = 'asked' or pending is null)
);
create index blind_check_made on blind_check (relation, purpose, made);

-- Queries of the counterpart, each with what was said to it: the budget is counted here. What was asked nobody knows.
create table blind_asked (
  relation smallint not null references relation,
  query    bytea not null check (length(query) = 32),
  purpose  text not null,
  time     bigint not null,
  -- SHA-256 of its elements: the same ones are not answered twice.
  elements bytea not null check (length(elements) = 32),
  said     text not null,
  primary key (relation, query)
);
create index blind_asked_counted on blind_asked (relation, purpose, time) where said = 'answered';
create unique index blind_asked_once on blind_asked (relation, elements) where said = 'answered';
