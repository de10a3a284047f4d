package routes.nlp;

import java.util.List;

/** From tokens to marks with figures joined: everything that is done to a sentence before it is cut into clauses. */
final class SentenceReader {

    private final Tagger tagger;
    private final SignatureReader signatures;

    SentenceReader(Tagger tagger, SignatureReader signatures) {
        this.tagger = tagger;
        this.signatures = signatures;
    }

    List<Mark> marks(List<Token> tokens) {
        List<Mark> tagged = RequestReader.withoutArrows(tagger.marks(signatures.withSignatures(tokens)));
        List<Mark> measured = ArrivalReader.read(CompoundReader.joined(UnitReader.joined(tagged)));
        List<Mark> ranged = RangeReader.joined(UnitReader.withoutWindowComparators(measured));
        return RhythmReader.read(MomentReader.read(HeadcountReader.read(ranged)));
    }
}
