-- How much of the other channel an entry counts as having seen, where it saw entries that a new epoch left behind: the
-- common prefix (PROTOCOL §2.5). `seen` stays what its leaf says.
alter table entry add column counted bigint check (counted >= 0);

-- The first entry of a channel that counts as having seen so many of the other: what a leaf says may fall after an epoch.
create or replace function first_seeing(of_relation smallint, of_channel integer, covered bigint)
  returns table (index bigint, "time" bigint) language plpgsql stable as $$
declare
  low    bigint := 0;
  high   bigint;
  middle bigint;
  middle_seen bigint;
begin
  select size into high from channel c where c.channel = of_channel;
  while low < high loop
    middle := (low + high) / 2;
    select coalesce(e.counted, e.seen) into middle_seen from entry e
      where e.relation = of_relation and e.channel = of_channel and e.index = middle;
    if middle_seen >= covered then high := middle; else low := middle + 1; end if;
  end loop;
  return query select e.index, e.time from entry e
    where e.relation = of_relation and e.channel = of_channel and e.index = low;
end $$;
