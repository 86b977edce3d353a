-- Acts of the counterpart that came without the body their head names, and that no act is known to have erased. Whoever
-- removed it says so in its channel before: once the counterpart has seen an entry of ours from `since` on, all it had said
-- until then is here, and what still covers no erasure was withheld.
create table awaited_body (
  relation smallint not null references relation,
  act      bytea not null check (length(act) = 32),
  index    bigint not null,
  -- The size of our channel when it came; null where that was not caught up, until it is.
  since    bigint,
  withheld boolean not null default false,
  primary key (relation, act)
);
create index awaited_body_unjudged on awaited_body (relation, since) where not withheld;
