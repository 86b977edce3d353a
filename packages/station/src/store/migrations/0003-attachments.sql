-- A sealed file of a relation: its bytes lie in the blob store, what they should be and where they stand, here.
create table attachment (
  relation      smallint not null references relation,
  -- Whether we announced it, or the counterpart.
  own           boolean not null,
  sealed_sha256 bytea not null check (length(sealed_sha256) = 32),
  sealed_size   bigint not null check (sealed_size > 0),
  sha256        bytea not null check (length(sha256) = 32),
  size          bigint not null check (size >= 0),
  state         text not null check (state in ('awaited', 'present', 'erasing', 'erased')),
  -- What opens a received file once the sealing key it came under is destroyed: its payload key, sealed to our storage key.
  kept_key      bytea,
  made          bigint not null,
  -- When the counterpart was known to hold all of an own file.
  delivered     bigint,
  primary key (relation, own, sealed_sha256),
  check (own or delivered is null)
);
create index attachment_awaited on attachment (relation, made) where state = 'awaited';
create index attachment_unsent on attachment (relation, made) where own and state = 'present' and delivered is null;
create index attachment_erasing on attachment (relation) where state = 'erasing';

-- Which acts name a file; several may.
create table act_attachment (
  relation      smallint not null,
  act           bytea not null check (length(act) = 32),
  own           boolean not null,
  sealed_sha256 bytea not null,
  erased        boolean not null default false,
  primary key (relation, act, own, sealed_sha256),
  foreign key (relation, own, sealed_sha256) references attachment
);
create index act_attachment_file on act_attachment (relation, own, sealed_sha256) where not erased;
