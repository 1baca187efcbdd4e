-- 提醒: what is due and for whom, once each, and its way out.

-- 证照与到期事项.
CREATE TABLE obligation (
  id INTEGER PRIMARY KEY,
  obligation_no TEXT NOT NULL CHECK (obligation_no <> ''),
  kind TEXT CHECK (kind = 'certificate' OR kind = 'insurance' OR kind = 'licence'
    OR kind = 'inspection' OR kind = 'other'),
  subject TEXT NOT NULL CHECK (subject <> ''),
  property_no TEXT,
  owner TEXT,
  due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  remind_days TEXT,
  UNIQUE (obligation_no),
  FOREIGN KEY (property_no) REFERENCES property (property_no),
  CHECK (remind_days NOT GLOB '*[^0-9;]*')
) STRICT;

-- 提醒规则. '*': every property without a rule of its own.
CREATE TABLE reminder_rule (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind = 'contract_expiry' OR kind = 'rent_due' OR kind = 'overdue'
    OR kind = 'deposit_refund_due' OR kind = 'obligation' OR kind = 'reading_missing'
    OR kind = 'turnover_missing' OR kind = 'invoice_unverified' OR kind = 'invoice_undeducted'
    OR kind = 'red_request_pending' OR kind = 'asset_fully_depreciated'),
  property_no TEXT NOT NULL DEFAULT '*' CHECK (property_no <> ''),
  days TEXT,
  channel TEXT CHECK (channel = 'mail' OR channel = 'sms' OR channel = 'webhook'),
  recipient TEXT,
  UNIQUE (kind, property_no),
  CHECK (days NOT GLOB '*[^0-9;-]*'),
  CHECK (recipient = 'tenant' OR recipient = 'owner' OR recipient = 'none'
    OR recipient GLOB '*[;@0-9:]*'),
  CHECK (NOT (kind IN ('obligation', 'invoice_unverified', 'invoice_undeducted',
    'red_request_pending', 'asset_fully_depreciated') AND ';' || recipient || ';' GLOB '*;tenant;*'))
) STRICT;

-- 联系人: where the reminders of the operator's own people go.
CREATE TABLE contact (
  id INTEGER PRIMARY KEY,
  owner TEXT NOT NULL CHECK (owner <> ''),
  property_no TEXT,
  email TEXT,
  phone TEXT,
  webhook TEXT,
  UNIQUE (owner)
) STRICT;

-- 办结: an obligation as it fell due on that day is done, and when it falls due again.
CREATE TABLE obligation_done (
  id INTEGER PRIMARY KEY,
  obligation_no TEXT NOT NULL REFERENCES obligation (obligation_no),
  due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  next_due_on TEXT CHECK (next_due_on > due_on AND length(next_due_on) = 10),
  done_on TEXT NOT NULL CHECK (done_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reason TEXT NOT NULL CHECK (reason <> ''),
  UNIQUE (obligation_no, due_on)
) STRICT;

-- A reminder is made once: of that matter, for that day, at that level (days after the due day), to
-- that recipient, by that channel. Which address that is, is seen when it goes out.
CREATE TABLE reminder (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind <> ''),
  subject TEXT NOT NULL CHECK (subject <> ''),
  due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  level INTEGER NOT NULL,
  -- A tenant's number, an owner's name (or a property whose owner nobody knows), an address.
  recipient_kind TEXT NOT NULL
    CHECK (recipient_kind = 'tenant' OR recipient_kind = 'owner' OR recipient_kind = 'address'),
  recipient TEXT NOT NULL CHECK (recipient <> ''),
  channel TEXT NOT NULL CHECK (channel = 'mail' OR channel = 'sms' OR channel = 'webhook'),
  property_no TEXT REFERENCES property (property_no),
  tenant_no TEXT REFERENCES tenant (tenant_no),
  -- What it was about when it was made.
  amount_fen INTEGER,
  made_on TEXT NOT NULL CHECK (made_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  UNIQUE (kind, subject, due_on, recipient_kind, recipient, channel, level)
) STRICT;

-- 发出的内容: what went out, word for word. A digest is one message of several reminders.
CREATE TABLE message (
  id INTEGER PRIMARY KEY,
  -- The same if it had to be sent again, so that a mail system can tell.
  message_no TEXT NOT NULL CHECK (message_no <> ''),
  channel TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  sent_at TEXT NOT NULL CHECK (sent_at GLOB '[0-9]*T[0-9]*Z' AND length(sent_at) = 20)
) STRICT;

-- What became of a reminder: its newest event is its state.
CREATE TABLE reminder_event (
  id INTEGER PRIMARY KEY,
  reminder_id INTEGER NOT NULL REFERENCES reminder (id),
  event TEXT NOT NULL CHECK (event = 'queued' OR event = 'sent' OR event = 'failed'
    OR event = 'withdrawn' OR event = 'acked'),
  done_on TEXT NOT NULL CHECK (done_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  -- The moment (UTC) of what a program outside has done.
  done_at TEXT CHECK (done_at GLOB '[0-9]*T[0-9]*Z' AND length(done_at) = 20),
  reason TEXT CHECK (reason <> ''),
  -- Of one that failed: when it is tried again; never if empty.
  next_try_at TEXT CHECK (next_try_at > done_at AND length(next_try_at) = 20),
  message_id INTEGER REFERENCES message (id),
  CHECK ((event IN ('sent', 'failed')) = (done_at IS NOT NULL)),
  CHECK (event = 'failed' OR next_try_at IS NULL),
  CHECK ((event = 'sent') = (message_id IS NOT NULL)),
  CHECK (event IN ('queued', 'sent') OR reason IS NOT NULL)
) STRICT;
CREATE INDEX reminder_event_reminder ON reminder_event (reminder_id);

-- A reminder is sent once. One that was withdrawn or acknowledged while it was on its way was sent
-- all the same.
CREATE TRIGGER reminder_event_order BEFORE INSERT ON reminder_event
WHEN NOT CASE coalesce((SELECT event FROM reminder_event
    WHERE reminder_id = NEW.reminder_id ORDER BY id DESC LIMIT 1), 'new')
  WHEN 'new' THEN NEW.event = 'queued'
  WHEN 'queued' THEN NEW.event <> 'queued'
  WHEN 'failed' THEN NEW.event <> 'queued'
  WHEN 'withdrawn' THEN NEW.event = 'queued' OR NEW.event = 'sent'
  WHEN 'acked' THEN NEW.event = 'sent'
  ELSE NEW.event = 'acked' END
BEGIN SELECT RAISE(ABORT, 'reminder_event.order'); END;
CREATE TRIGGER reminder_event_sent_twice BEFORE INSERT ON reminder_event
WHEN NEW.event = 'sent' AND EXISTS (SELECT 1 FROM reminder_event
  WHERE reminder_id = NEW.reminder_id AND event = 'sent')
BEGIN SELECT RAISE(ABORT, 'reminder_event.sent-twice'); END;

CREATE TRIGGER obligation_done_update BEFORE UPDATE ON obligation_done
BEGIN SELECT RAISE(ABORT, 'obligation_done is append-only'); END;
CREATE TRIGGER obligation_done_delete BEFORE DELETE ON obligation_done
BEGIN SELECT RAISE(ABORT, 'obligation_done is append-only'); END;
CREATE TRIGGER reminder_update BEFORE UPDATE ON reminder
BEGIN SELECT RAISE(ABORT, 'reminder is append-only'); END;
CREATE TRIGGER reminder_delete BEFORE DELETE ON reminder
BEGIN SELECT RAISE(ABORT, 'reminder is append-only'); END;
CREATE TRIGGER message_update BEFORE UPDATE ON message
BEGIN SELECT RAISE(ABORT, 'message is append-only'); END;
CREATE TRIGGER message_delete BEFORE DELETE ON message
BEGIN SELECT RAISE(ABORT, 'message is append-only'); END;
CREATE TRIGGER reminder_event_update BEFORE UPDATE ON reminder_event
BEGIN SELECT RAISE(ABORT, 'reminder_event is append-only'); END;
CREATE TRIGGER reminder_event_delete BEFORE DELETE ON reminder_event
BEGIN SELECT RAISE(ABORT, 'reminder_event is append-only'); END;
