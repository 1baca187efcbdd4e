// swift-tools-version:6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// Every tool is one folder under `Sources/`; what two tools need stands in `Shared`.
func tool(_ name: String) -> Target {
  .executableTarget(name: name, dependencies: ["Shared"], swiftSettings: strict)
}

let package = Package(
  name: "boms",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    .systemLibrary(name: "CLibCSV", providers: [.apt(["libcsv-dev"])]),
    .systemLibrary(name: "CLibYAJL", providers: [.apt(["libyajl-dev"])]),
    .target(
      name: "Shared",
      dependencies: [
        "CLibCSV", "CLibYAJL",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      resources: [.embedInCode("Store/Schema"), .embedInCode("Write/page.css")],
      swiftSettings: strict),
    tool("boms-db"),
    tool("boms-import"),
    tool("boms-export"),
    tool("boms-bill"),
    tool("boms-collect"),
    .target(
      name: "TestSupport", dependencies: ["Shared"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .testTarget(
      name: "SharedTests", dependencies: ["Shared", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "PipelineTests",
      dependencies: [
        "Shared", "TestSupport", "boms-db", "boms-import", "boms-export", "boms-bill",
        "boms-collect",
      ],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
