import boms_import

ImportCommand.main()
