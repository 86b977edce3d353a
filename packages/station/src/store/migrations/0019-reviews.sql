-- Gates that the floor waived, to be looked at within a day (PROTOCOL §3.9). The findings stand in the house log.
create table review (
  relation smallint not null references relation,
  act      bytea not null check (length(act) = 32),
  dossier  bytea not null check (length(dossier) = 16),
  type     text not null,
  gates    text[] not null check (cardinality(gates) > 0),
  released bigint not null,
  due      bigint not null,
  -- When it was told that nobody had closed it in time.
  told     bigint,
  closed   bigint,
  officer  smallint references officer,
  primary key (relation, act)
);
create index review_open on review (relation, due) where closed is null;
