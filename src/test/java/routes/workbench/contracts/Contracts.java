package routes.workbench.contracts;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.springframework.util.FileSystemUtils;

/** The command {@code bin/contracts}. */
public final class Contracts {

    private static final String USAGE = """
            Usage: bin/contracts [page | release [--breaking]]

            Says where the contracts of the project break those that were released last, contracts/released/: a field, operation or
            subject that is gone, a type that is another, a field that requests now need. Prints file: JSON path: what is wrong.

              page        writes the AsyncAPI document as the page /docs/messages.html anew
              release     makes the contracts as they are the released ones
              --breaking  also when they break them: everybody who reads or writes by the old ones has been told
              --help      this text

            Exit status: 0 nothing is broken, 1 something is, 2 wrong usage.
            """;
    private static final int BROKEN = 1;
    private static final int WRONG_USAGE = 2;

    private Contracts() {
    }

    /** @param arguments as {@code --help} describes them */
    public static void main(String[] arguments) throws IOException {
        System.exit(run(Path.of(System.getProperty("ekko.home", ".")).toAbsolutePath().normalize(), List.of(arguments), System.out, System.err));
    }

    static int run(Path home, List<String> arguments, PrintStream out, PrintStream err) throws IOException {
        if (arguments.equals(List.of("--help"))) {
            out.print(USAGE);
            return 0;
        }
        if (arguments.equals(List.of("page"))) {
            MessagesPage.write(home);
            return 0;
        }
        boolean release = !arguments.isEmpty() && arguments.get(0).equals("release");
        boolean breaking = arguments.equals(List.of("release", "--breaking"));
        if (!arguments.isEmpty() && !arguments.equals(List.of("release")) && !breaking) {
            err.println("bin/contracts: '%s' was not expected; see bin/contracts --help".formatted(String.join(" ", arguments)));
            return WRONG_USAGE;
        }
        Contract current = Contract.in(home.resolve("src/main/resources"));
        Path released = home.resolve("contracts/released");
        Set<Breach> breaches = Contract.in(released).breachesIn(current);
        breaches.forEach(out::println);
        if (!breaches.isEmpty() && !breaking) {
            return BROKEN;
        }
        if (release) {
            write(current, released);
        }
        return 0;
    }

    private static void write(Contract contract, Path folder) throws IOException {
        FileSystemUtils.deleteRecursively(folder);
        for (Map.Entry<String, String> file : contract.files().entrySet()) {
            Files.createDirectories(folder.resolve(file.getKey()).getParent());
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }
}
