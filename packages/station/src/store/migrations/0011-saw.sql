-- What an entry had seen of the other channel, in the present epoch: what its leaf says, or the common prefix where a new
-- epoch left the rest behind (PROTOCOL §2.5). Only what a leaf says is proven by `seen` itself.
create function saw(entry) returns bigint language sql immutable parallel safe as
  $$ select coalesce($1.counted, $1.seen) $$;

-- The first entry of a channel that had seen so many of the other.
create or replace function first_seeing(of_relation smallint, of_channel integer, covered bigint)
  returns table (index bigint, "time" bigint) language plpgsql stable as $$
declare
  low    bigint := 0;
  high   bigint;
  middle bigint;
  middle_saw bigint;
begin
  select size into high from channel c where c.channel = of_channel;
  while low < high loop
    middle := (low + high) / 2;
    select saw(e) into middle_saw from entry e
      where e.relation = of_relation and e.channel = of_channel and e.index = middle;
    if middle_saw >= covered then high := middle; else low := middle + 1; end if;
  end loop;
  return query select e.index, e.time from entry e
    where e.relation = of_relation and e.channel = of_channel and e.index = low;
end $$;

-- Roots that the counterpart saw in an epoch that has ended and that this database, restored, did not hold; where it went on
-- by itself before the epoch it may hold another of the same size.
create table seen_head (
  relation smallint not null,
  channel  integer not null references channel (channel),
  size     bigint not null check (size > 0),
  root     bytea not null check (length(root) = 32),
  primary key (relation, channel, size, root)
);
