import boms_collect

CollectCommand.main()
