-- What a restored station asks its counterpart over roads on which it cannot ask by itself: an answer must name it. Unlogged:
-- it is in no backup, so that no answer to an older question is taken for a new one.
create unlogged table question (
  relation smallint primary key references relation,
  nonce    bytea not null
);
