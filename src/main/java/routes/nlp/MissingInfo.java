package routes.nlp;

import java.util.List;

/**
 * A question back to the user.
 *
 * @param code    missing_slot, vague_quantity, contradiction, ambiguous_metric, ambiguous_logic, invalid_address, unparsed_residue, unit_mismatch
 * @param field   the slot or piece of the sentence it is about
 * @param options answers to choose from, or words that were not understood; may be empty
 */
public record MissingInfo(String code, String field, List<String> options) {
}
