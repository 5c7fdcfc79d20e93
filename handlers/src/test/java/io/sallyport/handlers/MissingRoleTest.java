package io.sallyport.handlers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sallyport.keys.Credential;
import io.sallyport.keys.Grant;
import io.sallyport.keys.Identity;
import io.sallyport.keys.Principal;
import io.sallyport.keys.ProjectGlob;
import io.sallyport.keys.Resource;
import io.sallyport.keys.Role;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MissingRoleTest {
    @Test
    void anAdministratorIsToldHowToTakeARoleAndOthersWhoGivesIt() {
        assertEquals(
                "this is for auditor; you may give that role, to yourself too: 'GET /identities/ann' shows the grants,"
                        + " and PUT with {\"grants\":[…]}, that one among them, replaces all of them",
                MissingRole.of(ann(Role.ADMIN), "auditor", new Resource.Gateway()));
        assertEquals(
                "this is for auditor; an administrator can give that role",
                MissingRole.of(ann(Role.BUILDER), "auditor", new Resource.Gateway()));
    }

    private static Principal ann(Role role) {
        return new Principal(
                new Identity("ann", Identity.Kind.PERSON, List.of(Grant.allow(role, ProjectGlob.EVERY)), false),
                List.of(),
                new Credential("SHA256:x", Optional.empty()));
    }
}
