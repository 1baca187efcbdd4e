import boms_export

ExportCommand.main()
