import boms_remind

RemindCommand.main()
