#include <xlsxwriter.h>

// Widths and heights are whole numbers for us; the library takes doubles.
static inline lxw_error boms_set_width(lxw_worksheet *sheet, int first, int last, int characters) {
  return worksheet_set_column(sheet, (lxw_col_t)first, (lxw_col_t)last, characters, NULL);
}
static inline lxw_error boms_set_height(lxw_worksheet *sheet, int row, int points) {
  return worksheet_set_row(sheet, (lxw_row_t)row, points, NULL);
}

// A workbook of which one row at a time is in memory; the others wait in a file in that folder.
static inline lxw_workbook *boms_streaming_workbook(const char *path, const char *folder) {
  lxw_workbook_options options = {0};
  options.constant_memory = LXW_TRUE;
  options.tmpdir = (char *)folder;
  return workbook_new_opt(path, &options);
}

// Columns of a width, and how cells look that nobody has written yet.
static inline lxw_error boms_set_columns(
    lxw_worksheet *sheet, int first, int last, int characters, lxw_format *format) {
  return worksheet_set_column(sheet, (lxw_col_t)first, (lxw_col_t)last, characters, format);
}

// value / 10^places, of at most 15 digits: both are exact as doubles, so that the quotient is the
// double nearest to the decimal.
static inline lxw_error boms_write_decimal(
    lxw_worksheet *sheet, uint32_t row, uint16_t column, int64_t value, int places,
    lxw_format *format) {
  static const double scale[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
  return worksheet_write_number(sheet, row, column, (double)value / scale[places], format);
}

// The rows that wait in a file, in bytes; -1 if they could not be written.
static inline int64_t boms_waiting_bytes(lxw_worksheet *sheet) {
  FILE *file = sheet->optimize_tmpfile;
  if (file == NULL || fflush(file) != 0 || ferror(file)) return -1;
  return ftello(file);
}
