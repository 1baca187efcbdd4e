import boms_depreciate

DepreciateCommand.main()
