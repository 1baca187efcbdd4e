import boms_invoice

InvoiceCommand.main()
