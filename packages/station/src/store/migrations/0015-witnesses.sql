-- The head of a channel of ours as it is shown to neutral witnesses, under an opaque origin, at a fixed cadence.
create table neutral_head (
  channel integer primary key references channel (channel),
  origin  text not null,
  size    bigint not null check (size >= 0),
  note    text not null
);

-- The newest head that each neutral witness cosigned, with its cosignature.
create table witnessed (
  channel integer not null references channel (channel),
  witness text not null,
  origin  text not null,
  size    bigint not null check (size >= 0),
  note    text not null,
  primary key (channel, witness)
);
