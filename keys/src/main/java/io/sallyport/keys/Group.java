package io.sallyport.keys;

import java.util.List;
import java.util.TreeSet;

/**
 * Identities that have grants in common.
 *
 * @param name unique among groups, fixed for ever; see {@link Identity#isName}
 * @param members names of persons and services, each once, in the order of the alphabet
 * @param grants what each member may do beside its own grants, in the order given
 */
public record Group(String name, List<String> members, List<Grant> grants) {
    /**
     * Makes a group.
     *
     * @throws IllegalArgumentException when the name is none; ask {@link Identity#isName} first where it comes from
     *     outside
     */
    public Group {
        if (!Identity.isName(name)) {
            throw new IllegalArgumentException("not a name of a group: " + name);
        }
        members = List.copyOf(new TreeSet<>(members));
        grants = List.copyOf(grants);
    }

    Group withoutMember(String identity) {
        return new Group(
                name,
                members.stream().filter(member -> !member.equals(identity)).toList(),
                grants);
    }
}
