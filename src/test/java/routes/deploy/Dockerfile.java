package routes.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The Dockerfile as a list of instructions. */
record Dockerfile(List<Instruction> instructions) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VARIABLE = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|(\\S+))");

    record Instruction(String name, String arguments) {
    }

    static Dockerfile read() {
        String text = DeployFiles.text("Dockerfile").lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n"));
        List<Instruction> instructions = new ArrayList<>();
        for (String line : text.replaceAll("\\\\\n\\s*", "").split("\n")) {
            if (!line.isBlank()) {
                String[] parts = line.strip().split("\\s+", 2);
                instructions.add(new Instruction(parts[0], parts[1]));
            }
        }
        return new Dockerfile(instructions);
    }

    List<String> all(String name) {
        return instructions.stream().filter(instruction -> instruction.name().equals(name)).map(Instruction::arguments).toList();
    }

    /** The last instruction of a name is the one in force. */
    String last(String name) {
        List<String> all = all(name);
        return all.get(all.size() - 1);
    }

    /** @return the program and arguments of an instruction in the form without a shell */
    List<String> command(String name) {
        String arguments = last(name);
        try {
            return List.of(JSON.readValue(arguments.substring(arguments.indexOf('[')), String[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the environment of the last ENV */
    Map<String, String> environment() {
        Matcher variables = VARIABLE.matcher(last("ENV"));
        return variables.results().collect(Collectors.toMap(found -> found.group(1), found -> found.group(2) == null ? found.group(3) : found.group(2)));
    }
}
