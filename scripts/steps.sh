# shellcheck shell=bash
# Steps one after the other under one lock, with a log and a row of job_run each: what nightly and
# month-end have in common. Comes after settings.sh.
#
#   . steps.sh NAME
#
# Sets log, wait, work (a folder that goes) and defines note, begin, step, finish; stop mails the admin.

job=$1
log=${BOMS_LOG:-$BOMS_DB.nightly.log}
wait=${BOMS_WAIT:-60}

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

# mail_admin WHAT: what failed, to BOMS_ADMIN, by the program that sends the reminders' mail.
mail_admin() {
  [ -n "${BOMS_ADMIN:-}" ] && [ -n "${BOMS_VIA_MAIL:-}" ] || return 0
  {
    printf 'Message-No: %s.%s.%s\n' "${job//-/.}" "$(date +%s)" $$
    printf 'To: %s\nSubject: BOMS %s: %s\n\n' "$BOMS_ADMIN" "$(basename "$BOMS_DB" .db)" "failed: $1"
    cat -- "$work/failures"
  } | bash -c "$BOMS_VIA_MAIL" >"$work/mailed" 2>&1 9>&- || {
    echo "$job: the admin could not be mailed:" >&2
    tail -n 5 "$work/mailed" >&2
  }
}

# stop STATUS SENTENCE: a run that did not even begin has failed, too.
stop() {
  printf '%s: error: %s\n' "$job" "$2" | tee -- "$work/failures" >&2
  mail_admin "$2"
  exit "$1"
}

[ -f "$BOMS_DB" ] || stop 66 "there is no database '$BOMS_DB'; 'boms-db init' makes one"
need_programs boms-db flock
exec 9>>"$BOMS_DB.nightly.lock" || stop 73 "cannot create '$BOMS_DB.nightly.lock'"
flock --nonblock 9 || stop 75 "another run has the lock '$BOMS_DB.nightly.lock'; nothing done"
touch -- "$log" || stop 73 "cannot write the log '$log'"

# note STEP: copies lines into the log, each with the time and the step's name.
note() {
  local line
  while IFS= read -r line || [ -n "$line" ]; do
    printf '%(%F %T)T %s: %s\n' -1 "$1" "$line"
  done >>"$log"
}

first_status=0
failed_steps=()
# What the steps of this run have in common in job_run.
run_name="$job $(date '+%F %T')"

begin() { echo "begun $*" | note "$job"; }

# step NAME COMMAND…: one step. It fails if the command does; the next step runs whatever came of
# this one. What the command says goes into the log, its last line and its counts into job_run.
step() {
  local name=$1 status=0 begun=$SECONDS began end="done"
  shift
  began=$(date '+%F %T')
  # Not in the background, `|| status=$?` would take `set -e` away from a function.
  (set -e; "$@") >"$work/said" 2>&1 9>&- &
  wait $! || status=$?
  note "$name" <"$work/said"
  [ "$status" -eq 0 ] || end="failed with status $status"
  echo "$end, $((SECONDS - begun)) s" | note "$name"
  # Where the database cannot be written, the log has it.
  boms-db job note "$name" --run "$run_name" --begun "$began" --seconds "$((SECONDS - begun))" \
    --status "$status" --wait "$wait" <"$work/said" 2>&1 9>&- | note "$name" || true
  [ "$status" -ne 0 ] || return 0
  [ "$first_status" -ne 0 ] || first_status=$status
  failed_steps+=("$name ($status)")
  {
    echo "$job: step '$name' failed with status $status; its last lines:"
    tail -n 20 "$work/said" | sed 's/^/  /'
  } | tee -a "$work/failures" >&2
}

# finish: the last line and the exit status say what failed, and the admin gets a mail.
finish() {
  if [ ${#failed_steps[@]} -eq 0 ]; then
    echo "all done, $SECONDS s" | note "$job"
    return 0
  fi
  local failed="${failed_steps[*]}"
  echo "failed: $failed" | note "$job"
  echo "$job: failed: $failed; the log is '$log'" | tee -a "$work/failures" >&2
  mail_admin "$failed"
  exit "$first_status"
}
