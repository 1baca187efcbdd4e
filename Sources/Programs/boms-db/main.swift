import boms_db

DBCommand.main()
