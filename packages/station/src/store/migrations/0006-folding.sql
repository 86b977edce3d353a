-- How far the dossiers of a relation are folded, and the digest of all of them at that very cut. Its row is the lock under
-- which one process at a time folds; the channels' own rows stay free for the exchange.
drop table relation_digest;
create table relation_digest (
  relation     smallint primary key references relation,
  own_size     bigint not null default 0,
  their_size   bigint not null default 0,
  sums         bytea not null check (length(sums) = 8192),
  -- When we last told the counterpart our digest.
  told         bigint,
  -- Index of the newest digest act of the counterpart that is folded, and of the one that was last compared.
  their_digest bigint,
  compared     bigint
);
alter table channel drop column folded;

alter table dossier
  -- A clock of it has started, or will with its receipt, and has not ended.
  add column running   boolean not null,
  -- The next instant at which somebody is to be told of a running clock.
  add column next_step bigint,
  -- The last act that came to stand before acts folded earlier and changed what they had led to.
  add column late      bytea check (length(late) = 32);
create index dossier_step on dossier (next_step) where next_step is not null;

-- What was told of a running clock: each step once, by whichever process.
create table clock_step (
  relation smallint not null,
  dossier  bytea not null,
  -- The act that started the clock.
  trigger  bytea not null check (length(trigger) = 32),
  step     text not null,
  due      bigint not null,
  told     bigint not null,
  primary key (relation, dossier, trigger, step)
);

-- Effective times of leaves (PROTOCOL §3.5) where they are not the claimed ones: runs of neighbours that share one.
create table entry_time (
  relation smallint not null,
  channel  integer not null references channel (channel),
  first    bigint not null,
  last     bigint not null check (last >= first),
  instant  bigint not null,
  -- By how many milliseconds the claimed time is disputed.
  excess   bigint not null check (excess >= 0),
  primary key (relation, channel, first)
);

-- Acts that came ahead of their prefix, and the entry by which their receiver said so.
create table express_receipt (
  relation smallint not null,
  act      bytea not null check (length(act) = 32),
  channel  integer not null references channel (channel),
  index    bigint not null,
  primary key (relation, act, channel)
);
