/** Header fields whose mailboxes become online identities, each with the field's name in its remark. */
export const addressHeaders: readonly string[] = [
  'from',
  'sender',
  'reply-to',
  'return-path',
  'to',
  'cc',
  'bcc',
  'delivered-to',
  'x-original-to',
  'disposition-notification-to',
];

/** Header fields that open the facts of the lead. The others (routes, message ids, filters' verdicts) are kept. */
export const factHeaders: readonly string[] = ['subject', 'date'];
