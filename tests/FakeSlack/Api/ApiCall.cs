using FakeSlack.World;

namespace FakeSlack.Api;

/// <summary>A call whose token, scope and arguments were found good, with what most methods look up first.</summary>
/// <param name="By">Whose token it is; null for app tokens and for none.</param>
internal sealed record ApiCall(SlackWorld World, Arguments Arguments, Installation? By, BasicCredentials? Client)
{
    /// <summary>The conversation named by an argument, as far as the bot may know of it.</summary>
    public (Channel? Channel, ApiAnswer? Refused) FindChannel(string argument = "channel")
    {
        var id = Arguments.Text(argument) ?? "";
        var channel = World.Workspaces.Values.Select(workspace => workspace.FindChannel(id.TrimStart('#'))).FirstOrDefault(found => found is not null);
        if (channel is null)
        {
            return (null, ApiAnswer.Refused("channel_not_found", id.StartsWith('#') ? "name it by its id" : $"{argument}: nothing has this id"));
        }

        if (!By!.Workspaces.Contains(channel.Workspace))
        {
            var isTheirs = By.Organisation is not null && channel.Workspace.Enterprise == By.Organisation;
            return (null, isTheirs ? ApiAnswer.Refused("team_access_not_granted") : ApiAnswer.Refused("channel_not_found", "it is another workspace's"));
        }

        return channel.Kind != ChannelKind.Public && !channel.Members.Contains(By.BotUserId)
            ? (null, ApiAnswer.Refused("channel_not_found", "the bot is not in it, and it is not public"))
            : (channel, null);
    }

    /// <summary>The workspace a list is about: an org-wide token has to name it, and for others it is ignored.</summary>
    public (Workspace? Workspace, ApiAnswer? Refused) FindTeam()
    {
        if (!By!.IsOrgWide)
        {
            return (By.Workspaces[0], null);
        }

        if (Arguments.Text("team_id") is not { } id)
        {
            return (null, ApiAnswer.Refused("missing_argument", "an org-wide token has to name team_id"));
        }

        return !World.Workspaces.TryGetValue(id, out var workspace) || workspace.Enterprise != By.Organisation ? (null, ApiAnswer.Refused("team_not_found"))
            : By.Workspaces.Contains(workspace) ? (workspace, null)
            : (null, ApiAnswer.Refused("team_access_not_granted"));
    }

    public (Workspace Workspace, Member Member)? FindMember(string id) =>
        By!.Workspaces.Select(workspace => (workspace, workspace.FindMember(id))).FirstOrDefault(found => found.Item2 is not null) is (var workspace, { } member) ? (workspace, member) : null;

    /// <summary>Refuses a conversation whose kind needs a scope that was not given.</summary>
    public ApiAnswer? NeedsScope(Channel channel, string right = "read") => NeedsScope($"{channel.ScopeFamily}:{right}");

    public ApiAnswer? NeedsScope(string scope) => By!.Scopes.Contains(scope) ? null : ApiAnswer.MissingScope(scope, By.Scopes);
}

/// <summary>A client's id and secret by HTTP Basic.</summary>
internal sealed record BasicCredentials(string Id, string Secret);
