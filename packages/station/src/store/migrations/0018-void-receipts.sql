-- Of our channel: from which size on, and up to which, the counterpart's receipts are void since its root reported a
-- compromise; the tail is sent again until it is receipted anew. The note that is void does not count a second time.
alter table channel
  add column void_from bigint,
  add column void_to   bigint,
  add column void_note text,
  add check ((void_from is null) = (void_to is null));
