package io.sallyport.handlers.routes;

import io.sallyport.handlers.BodyForm;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.Group;
import io.sallyport.keys.Groups;
import io.sallyport.keys.Identity;
import io.sallyport.keys.IdentityStore;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** {@code PUT /groups/{name}}: makes a group, or replaces its members and grants. */
final class PutGroup implements Handler {
    static final BodyForm BODY = BodyForm.json(
            "members (names of identities), " + GrantJson.FORM,
            "{\"members\":[\"ann\",\"bob\"],\"grants\":[{\"role\":\"builder\",\"project\":\"team/*\"}]}",
            "PUT /groups/devs");

    private final IdentityStore identities;
    private final JsonBody json = new JsonBody();

    PutGroup(IdentityStore identities) {
        this.identities = identities;
    }

    @Override
    public Response handle(Request request) throws IOException {
        String name = request.variable("name");
        if (!Identity.isName(name)) {
            return new Response.Failed(Problem.badRequest(
                    "'" + name + "' is no name for a group: lower-case letters, digits, '.', '_', '-'"));
        }
        try {
            Group group = GroupJson.group(name, json.object(request.body(), GroupJson.FIELDS, BODY));
            return put(group, request.identity());
        } catch (JsonBody.Unusable e) {
            return new Response.Failed(e.problem());
        }
    }

    private Response put(Group group, String by) {
        return switch (identities.groups().put(group, by)) {
            case Groups.Put.Stored stored ->
                new Response.Document(stored.fresh() ? 201 : 200, GroupJson.of(group), ExitStatus.OK);
            case Groups.Put.NoIdentities strangers ->
                new Response.Failed(Problem.unprocessable("bad-body", strangers(strangers.names())));
            case Groups.Put.TooMany many ->
                new Response.Failed(Problem.conflict("there can be " + many.most() + " " + many.what()));
            case Groups.Put.LastAdministrator last -> LastAdministrator.stays();
        };
    }

    private String strangers(List<String> names) {
        return names.stream()
                .map(name -> ShowIdentity.missing(identities, name).detail())
                .collect(Collectors.joining("; "));
    }
}
