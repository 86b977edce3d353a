-- A relation: two parties and all between them. Every other table carries its number, which is the distribution key.
create table relation (
  relation    smallint primary key generated always as identity,
  name        text not null unique,
  own         text not null,
  counterpart text not null,
  check (own <> counterpart)
);

-- Signed accords, as bytes, in the order in which they came.
create table accord (
  relation smallint not null references relation,
  hash     bytea not null check (length(hash) = 32),
  envelope bytea not null,
  accepted bigint not null,
  primary key (relation, hash)
);

-- Root-signed keysets of both parties, as bytes.
create table keyset (
  relation smallint not null references relation,
  party    text not null,
  number   integer not null check (number > 0),
  hash     bytea not null check (length(hash) = 32),
  envelope bytea not null,
  primary key (relation, party, number)
);

-- One channel: the log of acts that `owner` released, in one epoch. `frontier` is its compact Merkle range.
create table channel (
  relation      smallint not null references relation,
  channel       integer generated always as identity unique,
  owner         text not null,
  epoch         integer not null check (epoch > 0),
  own           boolean not null,
  size          bigint not null default 0 check (size >= 0),
  root          bytea not null check (length(root) = 32),
  frontier      bytea not null,
  last_rank     bigint not null default 0,
  last_time     bigint not null default 0,
  last_seen     bigint not null default 0,
  -- How far the dossiers have been folded.
  folded        bigint not null default 0 check (folded <= size),
  -- The newest head with the owner's signatures, and with the counterpart's cosignatures.
  signed_size   bigint not null default 0 check (signed_size <= size),
  signed_note   text,
  cosigned_size bigint not null default 0 check (cosigned_size <= size),
  cosigned_note text,
  -- Why nothing is appended or accepted any more: `conflict`, `not-caught-up`.
  stopped       text,
  primary key (relation, owner, epoch)
);
create unique index channel_live on channel (relation, owner) where stopped is null;

-- An entry of a channel. The envelope stays for ever; the body can be erased. No `verdict` means effective.
create table entry (
  relation smallint not null,
  channel  integer not null references channel (channel),
  index    bigint not null check (index >= 0),
  time     bigint not null,
  seen     bigint not null check (seen >= 0),
  rank     bigint not null,
  act      bytea not null check (length(act) = 32),
  leaf     bytea not null check (length(leaf) = 32),
  dossier  bytea not null check (length(dossier) = 16),
  -- Writes a register of the relation: keys, lanes, accords.
  register boolean not null,
  -- Says only what was seen; needs no receipt itself.
  heads    boolean not null,
  verdict  text,
  envelope bytea not null,
  body     bytea,
  primary key (relation, channel, index)
) with (fillfactor = 100);
create index entry_act on entry using hash (act);
create index entry_dossier on entry (dossier, relation) where dossier <> '\x00000000000000000000000000000000';
create index entry_register on entry (channel, index) where register;

-- Sizes at which a channel was committed as one piece: what may be signed, sent and seen.
create table head (
  relation smallint not null,
  channel  integer not null references channel (channel),
  size     bigint not null check (size > 0),
  root     bytea not null check (length(root) = 32),
  primary key (relation, channel, size)
);

-- Nodes of the Merkle tree on the tile levels above the leaves (C2SP tlog-tiles levels 1 and up); level 0 is `entry.leaf`.
create table node (
  relation smallint not null,
  channel  integer not null references channel (channel),
  level    smallint not null check (level > 0),
  index    bigint not null check (index >= 0),
  hash     bytea not null check (length(hash) = 32),
  primary key (relation, channel, level, index)
);

-- Signed approval lists, by their hash: one signature for many acts.
create table approval (
  relation smallint not null,
  hash     bytea not null check (length(hash) = 32),
  bytes    bytea not null,
  primary key (relation, hash)
);

-- Authorised acts that have no position yet, most urgent first. `held` says why one waits.
create table outbox (
  relation   smallint not null references relation,
  number     bigint generated always as identity,
  urgency    smallint not null,
  act        bytea not null check (length(act) = 32),
  dossier    bytea not null check (length(dossier) = 16),
  not_after  bigint,
  authorised bigint not null,
  held       text,
  envelope   bytea not null,
  body       bytea,
  primary key (relation, number)
);
create index outbox_order on outbox (relation, urgency desc, number) where held is null;
create index outbox_act on outbox using hash (act);

-- Proof of fraud or accident, kept as it came: conflicting heads, refused parcels, back-dated leaves.
create table alarm (
  relation smallint not null references relation,
  number   bigint generated always as identity,
  time     bigint not null,
  kind     text not null,
  what     text not null,
  proof    bytea,
  settled  bigint,
  primary key (relation, number)
);
