-- One place for what may follow upon what, instead of six triggers that ask for each event whether it is
-- theirs. The first event of an invoice, of which a night has thousands, follows upon nothing: a small
-- trigger lets it pass. SQLite makes room for all of a trigger before it asks for its condition, so the
-- rules stand in another one, on a view without rows that is there for nothing else.
DROP TRIGGER invoice_event_order;
DROP TRIGGER invoice_use;
DROP TRIGGER invoice_posting;
DROP TRIGGER invoice_deduction;
DROP TRIGGER invoice_resolved;
DROP TRIGGER invoice_matched_twice;

CREATE VIEW invoice_event_next AS
SELECT invoice_id, seq, kind, happened_on, code, tax_fen FROM invoice_event WHERE 0;

CREATE TRIGGER invoice_event_follows BEFORE INSERT ON invoice_event
WHEN NEW.seq <> 1 OR NEW.kind <> 'received'
BEGIN
  INSERT INTO invoice_event_next (invoice_id, seq, kind, happened_on, code, tax_fen)
  VALUES (NEW.invoice_id, NEW.seq, NEW.kind, NEW.happened_on, NEW.code, NEW.tax_fen);
END;

CREATE TRIGGER invoice_event_rules INSTEAD OF INSERT ON invoice_event_next
BEGIN
  SELECT RAISE(ABORT, 'invoice_event is append-only')
  WHERE NEW.seq <= (SELECT max(seq) FROM invoice_event WHERE invoice_id = NEW.invoice_id);
  SELECT RAISE(ABORT, 'invoice_event is append-only')
  WHERE NEW.seq > 1 AND NOT EXISTS (SELECT 1 FROM invoice_event
    WHERE invoice_id = NEW.invoice_id AND seq = NEW.seq - 1);

  SELECT RAISE(ABORT, 'invoice.matched-already')
  WHERE NEW.kind = 'matched' AND EXISTS (SELECT 1 FROM invoice_match m
    WHERE m.invoice_id = NEW.invoice_id AND m.side = CASE NEW.code WHEN 'purchase' THEN 'in' ELSE 'out' END);

  SELECT RAISE(ABORT, 'invoice.not-in-conflict')
  WHERE NEW.kind = 'resolved' AND (SELECT kind FROM invoice_event
    WHERE invoice_id = NEW.invoice_id AND (kind = 'conflict' OR kind = 'resolved')
    ORDER BY seq DESC LIMIT 1) IS NOT 'conflict';

  SELECT CASE
    WHEN (NEW.kind = 'selected' OR NEW.kind = 'deducted') AND last.kind = 'deducted'
      THEN RAISE(ABORT, 'invoice.deducted-already')
    WHEN NEW.kind = 'selected' AND last.kind = 'selected'
      THEN RAISE(ABORT, 'invoice.selected-already')
    WHEN NEW.kind = 'deselected' AND last.kind IS NOT 'selected'
      THEN RAISE(ABORT, 'invoice.not-selected')
    WHEN (NEW.kind = 'undeducted' OR NEW.kind = 'transferred_out') AND last.kind IS NOT 'deducted'
      THEN RAISE(ABORT, 'invoice.not-deducted')
    WHEN NEW.happened_on < last.happened_on THEN RAISE(ABORT, 'invoice.event-day') END
  FROM (SELECT 1) LEFT JOIN (SELECT kind, happened_on FROM invoice_event
    WHERE invoice_id = NEW.invoice_id AND (kind = 'selected' OR kind = 'deselected'
      OR kind = 'deducted' OR kind = 'undeducted')
    ORDER BY seq DESC LIMIT 1) last
  WHERE NEW.kind = 'selected' OR NEW.kind = 'deselected' OR NEW.kind = 'deducted'
    OR NEW.kind = 'undeducted' OR NEW.kind = 'transferred_out';
  -- A red invoice is never deducted: what it takes back is 进项转出 of its blue one.
  SELECT RAISE(ABORT, 'invoice.red') FROM invoice i
  WHERE (NEW.kind = 'selected' OR NEW.kind = 'deducted') AND i.id = NEW.invoice_id
    AND i.is_red = 1;
  SELECT RAISE(ABORT, 'invoice.reversed') FROM invoice i
  WHERE NEW.kind = 'selected' AND i.id = NEW.invoice_id AND i.gross_fen > 0
    AND i.gross_fen + (SELECT total(r.gross_fen) FROM invoice r
      WHERE r.blue_no = i.invoice_no AND r.is_red = 1) <= 0;
  -- No more goes out than came in.
  SELECT RAISE(ABORT, 'invoice.transferred-out')
  WHERE NEW.kind = 'transferred_out' AND NEW.tax_fen > (
    SELECT sum(CASE e.kind WHEN 'deducted' THEN e.tax_fen ELSE -e.tax_fen END)
    FROM invoice_event e
    WHERE e.invoice_id = NEW.invoice_id AND (e.kind = 'deducted' OR e.kind = 'transferred_out')
      AND e.seq >= (SELECT max(d.seq) FROM invoice_event d
        WHERE d.invoice_id = NEW.invoice_id AND d.kind = 'deducted'));

  -- Posting goes forward in time, so that what holds on a day is what was written by then.
  SELECT CASE
    WHEN NEW.kind = 'posted' AND last.kind = 'posted'
      THEN RAISE(ABORT, 'invoice.posted-already')
    WHEN NEW.kind = 'unposted' AND last.kind IS NOT 'posted'
      THEN RAISE(ABORT, 'invoice.not-posted')
    WHEN NEW.happened_on < last.happened_on THEN RAISE(ABORT, 'invoice.event-day') END
  FROM (SELECT 1) LEFT JOIN (SELECT kind, happened_on FROM invoice_event
    WHERE invoice_id = NEW.invoice_id AND (kind = 'posted' OR kind = 'unposted')
    ORDER BY seq DESC LIMIT 1) last
  WHERE NEW.kind = 'posted' OR NEW.kind = 'unposted';
  -- A blue invoice that reds took back before anything of it was posted has nothing to post.
  SELECT RAISE(ABORT, 'invoice.reversed') FROM invoice i
  WHERE NEW.kind = 'posted' AND i.id = NEW.invoice_id AND i.is_red = 0 AND i.gross_fen > 0
    AND i.gross_fen + (SELECT total(r.gross_fen) FROM invoice r
      WHERE r.blue_no = i.invoice_no AND r.is_red = 1 AND (SELECT e.kind FROM invoice_event e
        WHERE e.invoice_id = r.id AND (e.kind = 'posted' OR e.kind = 'unposted')
        ORDER BY e.seq DESC LIMIT 1) IS NOT 'posted') <= 0;

  -- Not in conflict, not without the original.
  SELECT RAISE(ABORT, 'invoice.in-conflict')
  WHERE (NEW.kind = 'posted' OR NEW.kind = 'selected' OR NEW.kind = 'deducted')
    AND (SELECT kind FROM invoice_event
      WHERE invoice_id = NEW.invoice_id AND (kind = 'conflict' OR kind = 'resolved')
      ORDER BY seq DESC LIMIT 1) = 'conflict';
  SELECT RAISE(ABORT, 'invoice.no-original')
  WHERE (NEW.kind = 'posted' OR NEW.kind = 'selected' OR NEW.kind = 'deducted')
    AND (SELECT carrier FROM invoice WHERE id = NEW.invoice_id) = 'pdf';
END;
