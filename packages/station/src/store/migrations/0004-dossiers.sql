-- The folded state of each dossier at the newest cut both sides' entries allow; derived, rebuilt from entries at any time.
create table dossier (
  relation   smallint not null references relation,
  dossier    bytea not null check (length(dossier) = 16),
  track      text not null,
  state      text not null,
  opener     text not null,
  -- Sizes of our own and of the counterpart's channel that the state covers.
  own_size   bigint not null,
  their_size bigint not null,
  opened     bigint not null,
  changed    bigint not null,
  urgency    smallint not null default 0,
  -- The next legal instant of its running clocks, for the inbox's order; none: nothing is awaited.
  deadline   bigint,
  folded     jsonb not null,
  digest     bytea not null check (length(digest) = 32),
  primary key (relation, dossier)
);
create index dossier_inbox on dossier (relation, deadline nulls last, changed desc);
create index dossier_state on dossier (relation, track, state);

-- The sum of all dossiers' digests of a relation, kept as dossiers change (one row, so that a cut is one comparison).
create table relation_digest (
  relation   smallint primary key references relation,
  own_size   bigint not null,
  their_size bigint not null,
  sum        bytea not null check (length(sum) = 32)
);

-- Officers of this party. Names and rosters are the house's business; the channel knows pseudonyms.
create table officer (
  officer  smallint primary key generated always as identity,
  name     text not null unique,
  function text not null,
  roles    text[] not null,
  unit     text not null,
  deputy   smallint references officer,
  revoked  bigint
);

-- Signing keys of officers, with the pseudonym each carries in one relation.
create table officer_key (
  relation   smallint not null references relation,
  key        bytea not null check (length(key) = 32),
  officer    smallint not null references officer,
  pseudonym  text not null,
  kind       text not null,
  counter    bigint not null default 0,
  revoked    bigint,
  primary key (relation, key)
);

-- Access tokens: only their hash is kept. Each names an officer or a scope, and expires.
create table token (
  hash    bytea primary key check (length(hash) = 32),
  officer smallint references officer,
  scopes  text[] not null,
  expires bigint not null
);

-- Drafts: not yet authorised, nobody else's business.
create table draft (
  draft    uuid primary key,
  relation smallint not null references relation,
  dossier  bytea,
  officer  smallint references officer,
  made     bigint not null,
  content  jsonb not null
);

-- Who is told, without content, that something waits.
create table webhook (
  webhook integer primary key generated always as identity,
  url     text not null,
  secret  bytea not null,
  events  text[] not null
);
