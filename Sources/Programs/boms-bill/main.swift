import boms_bill

BillCommand.main()
