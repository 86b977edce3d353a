-- How much of the other channel an entry counts as having seen, where it saw entries that a new epoch left behind: the
-- common prefix (PROTOCOL §2.5). `seen` stays what its leaf says.
alter table entry add column counted bigint check (counted >= 0);
