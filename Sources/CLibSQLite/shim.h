/* What Swift cannot call of SQLite: functions with as many arguments as one likes. */
#include <sqlite3.h>

static inline int sqlite3_config_memory_statistics(int on) {
  return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, on);
}
