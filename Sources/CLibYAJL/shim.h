#include <yajl/yajl_parse.h>

/* yajl_config is variadic, which Swift cannot call. */
static inline int boms_yajl_set(yajl_handle handle, yajl_option option, int on) {
  return yajl_config(handle, option, on);
}
