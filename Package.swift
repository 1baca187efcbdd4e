// swift-tools-version:6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// Every tool is one folder under `Sources/`; what two tools need stands in `Shared`.
func tool(
  _ name: String, _ dependencies: Target.Dependency..., resources: [Resource] = []
) -> Target {
  .target(
    name: name, dependencies: ["Shared"] + dependencies, resources: resources,
    swiftSettings: strict)
}

let tools = [
  "boms-db", "boms-import", "boms-export", "boms-bill", "boms-collect", "boms-invoice",
  "boms-depreciate", "boms-remind",
]

/// A tool as a program of its own: a line that starts it.
func program(_ tool: String) -> Target {
  .executableTarget(
    name: "\(tool)-program", dependencies: [.target(name: tool)], path: "Sources/Programs/\(tool)",
    swiftSettings: strict)
}

let package = Package(
  name: "boms",
  products: tools.map { .executable(name: $0, targets: ["\($0)-program"]) },
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    .systemLibrary(name: "CLibCSV", providers: [.apt(["libcsv-dev"])]),
    .systemLibrary(name: "CLibYAJL", providers: [.apt(["libyajl-dev"])]),
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CLibArchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CLibSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CLibZstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CLibXLSXWriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .target(
      name: "Shared",
      dependencies: [
        "CLibArchive", "CLibCSV", "CLibSQLite", "CLibYAJL", "CLibXLSXWriter", "CLibZstd",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      resources: [
        .embedInCode("Store/Schema"), .embedInCode("Write/page.css"),
        .embedInCode("Read/workbook.py"),
      ],
      swiftSettings: strict),
    tool("boms-db", .product(name: "Crypto", package: "swift-crypto")),
    tool("boms-import"),
    tool("boms-export"),
    tool("boms-bill"),
    tool("boms-collect"),
    tool(
      "boms-invoice", "CLibXML2", "CLibArchive",
      .product(name: "Crypto", package: "swift-crypto")),
    tool("boms-depreciate"),
    tool("boms-remind", resources: [.embedInCode("Templates")]),
    // All of them as one, for installing.
    .executableTarget(
      name: "boms", dependencies: ["Shared"] + tools.map { .target(name: $0) },
      path: "Sources/Programs/boms", swiftSettings: strict),
    .target(
      name: "TestSupport", dependencies: ["Shared"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .target(
      name: "InvoiceSamples", dependencies: ["TestSupport"], path: "Tests/InvoiceSamples",
      swiftSettings: strict),
    // Throws broken files at the readers: by thousands in the tests, by the million in scripts/fuzz.
    .executableTarget(
      name: "invoice-fuzz", dependencies: ["Shared", "InvoiceSamples", "boms-invoice"],
      path: "Tests/InvoiceFuzz", swiftSettings: strict),
    .testTarget(
      name: "SharedTests",
      dependencies: ["Shared", "TestSupport", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),
    .testTarget(
      name: "InvoiceTests",
      dependencies: ["Shared", "TestSupport", "InvoiceSamples", "boms-invoice"],
      exclude: ["Rules/Tables"],
      swiftSettings: strict),
    .testTarget(
      name: "DepreciateTests", dependencies: ["Shared", "TestSupport", "boms-depreciate"],
      swiftSettings: strict),
    .testTarget(
      name: "RemindTests", dependencies: ["Shared", "TestSupport", "boms-remind"],
      swiftSettings: strict),
    .testTarget(
      name: "PipelineTests",
      dependencies: [
        "Shared", "TestSupport", "boms-db", "boms-import", "boms-export", "boms-bill",
        "boms-collect", "boms-invoice", "boms-depreciate", "boms-remind",
      ],
      swiftSettings: strict),
  ] + tools.map(program),
  swiftLanguageModes: [.v6]
)
