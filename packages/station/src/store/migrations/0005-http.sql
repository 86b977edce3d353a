-- A token has a name of its own, so that it can be listed and revoked without its hash, and may be for one relation only.
alter table token
  add column token    uuid not null unique default gen_random_uuid(),
  add column name     text not null,
  add column made     bigint not null,
  add column relation smallint references relation,
  add column revoked  bigint;

alter table draft
  add column changed bigint not null;
create index draft_relation on draft (relation, changed desc);

-- Who of a unit is on duty. Past duties stand in the house log.
create table roster (
  unit     text not null,
  officer  smallint not null references officer,
  "from"   bigint not null,
  until    bigint not null,
  check ("from" < until)
);
create index roster_unit on roster (unit, until);

-- Whom the data of a waiting act goes to and why, as its officer said; taken into the record of transfers at release.
create table transfer_ground (
  relation            smallint not null references relation,
  act                 bytea not null check (length(act) = 32),
  receiving_authority text not null,
  justification       text not null,
  primary key (relation, act)
);

-- What happened, for those who listen: where, never what it says. Numbered without gaps in the order of commits.
create table event_number (
  only_one boolean primary key default true check (only_one),
  last     bigint not null default 0
);
insert into event_number default values;

create table event (
  number   bigint primary key,
  time     bigint not null,
  relation smallint not null references relation,
  kind     text not null,
  what     jsonb not null
);

alter table webhook
  add column name        text not null,
  add column made        bigint not null,
  add column relation    smallint references relation,
  -- May be an address of this machine or of its own network segment.
  add column allow_local boolean not null default false,
  add column last_taken  bigint,
  add column last_failure text;

-- One telling of one event to one webhook; it stays until it is taken.
create table webhook_delivery (
  webhook  integer not null references webhook on delete cascade,
  event    bigint not null,
  -- The message's id in the sense of Standard Webhooks: the same for every attempt.
  message  uuid not null default gen_random_uuid(),
  content  jsonb not null,
  due      bigint not null,
  attempts integer not null default 0,
  made     bigint not null,
  primary key (webhook, event)
);
create index webhook_delivery_due on webhook_delivery (due);

-- Milliseconds since 1970, as everywhere in this database.
create function now_milliseconds() returns bigint language sql volatile as
  $$ select (extract(epoch from clock_timestamp()) * 1000)::bigint $$;

-- Tells what happened to those who listen and to the webhooks that asked for it, in the transaction that made it happen.
create function tell_event(of_relation smallint, of_kind text, of_what jsonb) returns void language plpgsql as $$
declare
  next    bigint;
  instant bigint := now_milliseconds();
begin
  -- Held until the commit: whoever reads event n has seen all before it.
  update event_number set last = last + 1 returning last into next;
  insert into event values (next, instant, of_relation, of_kind, of_what);
  insert into webhook_delivery (webhook, event, content, due, made)
    select webhook, next,
           jsonb_build_object('number', next, 'time', instant, 'kind', of_kind, 'what', of_what,
                              'relation', (select name from relation where relation = of_relation)),
           instant, instant
    from webhook
    where of_kind = any (events) and (webhook.relation is null or webhook.relation = of_relation);
  -- Without the job they would be found by the minute's round.
  if found and to_regnamespace('graphile_worker') is not null then
    perform graphile_worker.add_job('deliver-webhooks', job_key => 'deliver-webhooks');
  end if;
  perform pg_notify('entente_event', next::text);
end $$;

create function tell_channel() returns trigger language plpgsql as $$
begin
  if new.size > old.size then
    perform tell_event(new.relation, case when new.own then 'acts-released' else 'acts-accepted' end,
      jsonb_build_object('owner', new.owner, 'epoch', new.epoch, 'from', old.size, 'to', new.size));
  end if;
  if new.own and new.cosigned_size > old.cosigned_size then
    perform tell_event(new.relation, 'head-cosigned',
      jsonb_build_object('owner', new.owner, 'epoch', new.epoch, 'size', new.cosigned_size));
  end if;
  if new.stopped is distinct from old.stopped then
    perform tell_event(new.relation, case when new.stopped is null then 'channel-resumed' else 'channel-stopped' end,
      jsonb_build_object('owner', new.owner, 'epoch', new.epoch));
  end if;
  return null;
end $$;

-- Deferred to the commit: the number's lock is then the last one taken, so no two transactions wait for each other.
create constraint trigger tell_channel after update on channel
  deferrable initially deferred for each row
  when (new.size > old.size or new.cosigned_size > old.cosigned_size or new.stopped is distinct from old.stopped)
  execute function tell_channel();

create function tell_alarm() returns trigger language plpgsql as $$
begin
  perform tell_event(new.relation, case when new.settled is null then 'alarm-raised' else 'alarm-settled' end,
    jsonb_build_object('number', new.number, 'kind', new.kind));
  return null;
end $$;

create constraint trigger tell_alarm after insert or update on alarm
  deferrable initially deferred for each row execute function tell_alarm();

-- The first entry of a channel that has seen `covered` entries of the other; `seen` never decreases, so it is found by
-- halving: twenty reads of the primary key at a million entries, and no index of its own.
create function first_seeing(of_relation smallint, of_channel integer, covered bigint)
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
    select e.seen into middle_seen from entry e
      where e.relation = of_relation and e.channel = of_channel and e.index = middle;
    if middle_seen >= covered then high := middle; else low := middle + 1; end if;
  end loop;
  return query select e.index, e.time from entry e
    where e.relation = of_relation and e.channel = of_channel and e.index = low;
end $$;

-- The inbox by pages; a dossier without a deadline comes after every other.
create index dossier_pages on dossier (relation, coalesce(deadline, 9007199254740991), (-changed), dossier);
