#include <xlsxwriter.h>

// Widths and heights are whole numbers for us; the library takes doubles.
static inline lxw_error boms_set_width(lxw_worksheet *sheet, int first, int last, int characters) {
  return worksheet_set_column(sheet, (lxw_col_t)first, (lxw_col_t)last, characters, NULL);
}
static inline lxw_error boms_set_height(lxw_worksheet *sheet, int row, int points) {
  return worksheet_set_row(sheet, (lxw_row_t)row, points, NULL);
}
