using System.Text.Json.Nodes;
using FakeSlack.World;

namespace FakeSlack.Api;

/// <summary>users.info and users.list.</summary>
internal sealed class UserMethods(SlackWorld world)
{
    public IEnumerable<ApiMethod> All =>
    [
        new("users.info", false, true, TokenKind.Bot, "users:read", 100, ["user!", "include_locale:flag"], Info),
        new("users.list", false, true, TokenKind.Bot, "users:read", 20, ["cursor", "limit:number", "team_id", "include_locale:flag"], List),
    ];

    private ApiAnswer Info(ApiCall call) => call.FindMember(call.Arguments.Text("user")!) is var (workspace, member)
        ? ApiAnswer.Ok(new JsonObject { ["user"] = member.Show(workspace.Id, call.Arguments.Flag("include_locale") == true, SeesEmail(call), world.Now) })
        : ApiAnswer.Refused("user_not_found");

    private ApiAnswer List(ApiCall call)
    {
        var (workspace, refused) = call.FindTeam();
        return workspace is null ? refused!
            : Page.Of("members", [.. workspace.Members.Select(member => member.Show(workspace.Id, call.Arguments.Flag("include_locale") == true, SeesEmail(call), world.Now))], call.Arguments, usual: 1000);
    }

    private static bool SeesEmail(ApiCall call) => call.By!.Scopes.Contains("users:read.email");
}
