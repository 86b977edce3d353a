-- A signed head that came with an express act is held against the prefix once that has grown to it, however long after the act.
create index express_head on express (relation, channel, head_size);
