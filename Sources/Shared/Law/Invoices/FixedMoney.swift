extension Fixed {
  /// To the fen, half up: lines may have six places.
  package func asMoney() throws(ValueError) -> Money {
    Money(fen: try roundHalfUp(Int128(millionths), over: 10_000))
  }
}
