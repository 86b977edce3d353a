-- The house log: what is nobody else's business, in the same format, never sent. One row is its state.
create table house (
  only_one    boolean primary key default true check (only_one),
  size        bigint not null default 0,
  root        bytea not null,
  frontier    bytea not null,
  signed_note text
);
insert into house (root, frontier) values (sha256(''), '');

create table house_entry (
  index bigint primary key check (index >= 0),
  time  bigint not null,
  kind  text not null,
  leaf  bytea not null check (length(leaf) = 32),
  -- JCS. Content that concerns a person can be erased; its leaf stays.
  bytes bytea
);
create index house_entry_kind on house_entry (kind, index);

-- Which dossiers an entry of the house log speaks of, so that a person's reads can be found.
create table house_subject (
  relation smallint not null,
  dossier  bytea not null check (length(dossier) = 16),
  index    bigint not null references house_entry (index),
  primary key (relation, dossier, index)
);

create table house_node (
  level smallint not null check (level > 0),
  index bigint not null check (index >= 0),
  hash  bytea not null check (length(hash) = 32),
  primary key (level, index)
);
