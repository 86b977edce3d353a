-- Acts of the counterpart that came ahead of their prefix (PROTOCOL §2.6), until the prefix has come: then the entry itself
-- stands in the channel and the copy here is emptied. `proof` is the tlog-proof as it came: kept as evidence of a fork.
create table express (
  relation  smallint not null references relation,
  channel   integer not null references channel (channel),
  index     bigint not null check (index >= 0),
  act       bytea not null check (length(act) = 32),
  leaf      bytea not null check (length(leaf) = 32),
  dossier   bytea not null check (length(dossier) = 16),
  time      bigint not null,
  seen      bigint not null,
  received  bigint not null,
  -- False where it came over a stopped channel: nobody can hold its author to the history it stands in.
  witnessed boolean not null,
  -- As judged by what was held on arrival; the entry's own verdict is final.
  verdict   text,
  head_size bigint not null,
  head_root bytea not null check (length(head_root) = 32),
  proof     text not null,
  envelope  bytea,
  body      bytea,
  primary key (relation, channel, index, act)
);
create index express_dossier on express (relation, dossier) where envelope is not null;

-- Urgent entries of our own channel that may be sent ahead of their prefix, until they are answered or held as entries.
create table express_due (
  relation smallint not null,
  channel  integer not null references channel (channel),
  index    bigint not null,
  act      bytea not null check (length(act) = 32),
  answered boolean not null default false,
  primary key (relation, channel, index)
);

-- Root-signed notices, ours and theirs, as bytes: valid by any road. `taken`: the counterpart has ours.
create table notice (
  relation smallint not null references relation,
  hash     bytea not null check (length(hash) = 32),
  party    text not null,
  kind     text not null,
  received bigint not null,
  -- How much of the party's channel was held when it came.
  size     bigint not null,
  bytes    bytea not null,
  taken    boolean not null default false,
  primary key (relation, hash)
);

-- The size from which an administrator let our channel go on although it was not caught up: proof, and how much is sent again.
alter table channel add column forced bigint;
-- How many entries an epoch shares with the one before it.
alter table channel add column common bigint not null default 0;

-- A spare keyset may have the number of one that came before it; they count in the order in which they came.
alter table keyset
  add column came bigint not null generated always as identity,
  drop constraint keyset_pkey,
  add primary key (relation, party, hash);

-- The counterpart's cosignatures of our heads, so that a leaf that hides what its author held is noticed (PROTOCOL §3.3).
create table cosignature (
  relation smallint not null,
  channel  integer not null references channel (channel),
  size     bigint not null,
  time     bigint not null,
  primary key (relation, channel, size)
);

-- By how many milliseconds our clock was ahead of the counterpart's when it was last heard.
create table clock_heard (
  relation   smallint primary key references relation,
  difference bigint not null,
  heard      bigint not null
);

-- What the counterpart used of the accord's quotas on a day, counted in days since 1970.
create table quota_use (
  relation smallint not null references relation,
  day      integer not null,
  acts     bigint not null,
  bytes    bigint not null,
  opened   bigint not null,
  primary key (relation, day)
);
