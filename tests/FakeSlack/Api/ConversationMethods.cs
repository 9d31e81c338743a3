using System.Text.Json.Nodes;
using FakeSlack.World;

namespace FakeSlack.Api;

/// <summary>conversations.* and users.conversations.</summary>
internal sealed class ConversationMethods(SlackWorld world)
{
    private const int MostInGroup = 8;

    public IEnumerable<ApiMethod> All =>
    [
        new("conversations.open", true, false, TokenKind.Bot, null, 50, ["channel", "users", "prevent_creation:flag", "return_im:flag"], Open),
        new("conversations.info", false, true, TokenKind.Bot, null, 50, ["channel!", "include_locale:flag", "include_num_members:flag"], Info),
        new("conversations.members", false, true, TokenKind.Bot, null, 100, ["channel!", "cursor", "limit:number"], Members),
        new("conversations.list", false, true, TokenKind.Bot, null, 20, ["types", "cursor", "limit:number", "exclude_archived:flag", "team_id"], call => List(call, onlyMine: false)),
        new("users.conversations", false, true, TokenKind.Bot, null, 50, ["types", "cursor", "limit:number", "exclude_archived:flag", "team_id", "user"], call => List(call, onlyMine: true)),
    ];

    private ApiAnswer Open(ApiCall call)
    {
        var (users, id) = (call.Arguments.Text("users"), call.Arguments.Text("channel"));
        if (users is null == id is null)
        {
            return ApiAnswer.Refused("invalid_arguments", "exactly one of channel and users");
        }

        if (id is not null)
        {
            var (known, refused) = call.FindChannel();
            return known is null ? refused! : Opened(known, call);
        }

        var ids = users!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (ids.Length is 0 or > MostInGroup)
        {
            return ApiAnswer.Refused(ids.Length == 0 ? "users_list_not_supplied" : "too_many_users");
        }

        if (call.NeedsScope(ids.Length == 1 ? "im:write" : "mpim:write") is { } unscoped)
        {
            return unscoped;
        }

        var found = ids.Select(call.FindMember).ToList();
        if (found.Exists(one => one is null))
        {
            return ApiAnswer.Refused("user_not_found");
        }

        if (found.Exists(one => one!.Value.Member.IsDeactivated))
        {
            return ApiAnswer.Refused("user_disabled");
        }

        if (found.Exists(one => one!.Value.Member.IsBot))
        {
            return ApiAnswer.Refused("cannot_dm_bot");
        }

        var workspace = found[0]!.Value.Workspace;
        if (ids.Length == 1)
        {
            return call.Arguments.Flag("prevent_creation") == true && workspace.FindDirect(ids[0], call.By!.BotUserId) is null
                ? ApiAnswer.Refused("channel_not_found")
                : Opened(workspace.Direct(ids[0], call.By!.BotUserId), call);
        }

        var everybody = ids.Append(call.By!.BotUserId).Order().ToList();
        var group = workspace.Channels.FirstOrDefault(channel => channel.Kind == ChannelKind.Group && channel.Members.Order().SequenceEqual(everybody));
        return Opened(group ?? workspace.AddChannel(world.Ids.Next("C"), string.Join("--", found.Select(one => one!.Value.Member.Name)), everybody, ChannelKind.Group), call);
    }

    private ApiAnswer Opened(Channel channel, ApiCall call) => ApiAnswer.Ok(new JsonObject
    {
        ["channel"] = call.Arguments.Flag("return_im") == true ? channel.Show(call.By!.BotUserId, world.Now) : new JsonObject { ["id"] = channel.Id },
    });

    private ApiAnswer Info(ApiCall call)
    {
        var (channel, refused) = call.FindChannel();
        if ((refused ?? call.NeedsScope(channel!)) is { } no)
        {
            return no;
        }

        var shown = channel!.Show(call.By!.BotUserId, world.Now);
        if (call.Arguments.Flag("include_num_members") == true)
        {
            shown["num_members"] = channel.Members.Count;
        }

        if (call.Arguments.Flag("include_locale") == true)
        {
            shown["locale"] = "en-US";
        }

        return ApiAnswer.Ok(new JsonObject { ["channel"] = shown });
    }

    private static ApiAnswer Members(ApiCall call)
    {
        var (channel, refused) = call.FindChannel();
        return refused ?? call.NeedsScope(channel!) ?? Page.Of("members", [.. channel!.Members.Select(member => JsonValue.Create(member))], call.Arguments, usual: 100);
    }

    private ApiAnswer List(ApiCall call, bool onlyMine)
    {
        var (workspace, refused) = call.FindTeam();
        if (workspace is null)
        {
            return refused!;
        }

        var kinds = new List<ChannelKind>();
        foreach (var type in (call.Arguments.Text("types") ?? "public_channel").Split(',', StringSplitOptions.TrimEntries))
        {
            if (Kind(type) is not { } kind)
            {
                return ApiAnswer.Refused("invalid_types", $"types: {type}");
            }

            var family = new Channel(workspace, "", "", kind).ScopeFamily;
            if (call.NeedsScope($"{family}:read") is { } unscoped)
            {
                return unscoped;
            }

            kinds.Add(kind);
        }

        var whose = onlyMine ? call.Arguments.Text("user") ?? call.By!.BotUserId : call.By!.BotUserId;
        var found = workspace.Channels.Where(channel =>
            kinds.Contains(channel.Kind)
            && !(channel.IsArchived && call.Arguments.Flag("exclude_archived") == true)
            && (onlyMine ? channel.Members.Contains(whose) : true)
            && (channel.Kind == ChannelKind.Public || channel.Members.Contains(call.By!.BotUserId)));
        return Page.Of("channels", [.. found.Select(channel => channel.Show(whose, world.Now))], call.Arguments, usual: 100);
    }

    private static ChannelKind? Kind(string type) => type switch
    {
        "public_channel" => ChannelKind.Public,
        "private_channel" => ChannelKind.Private,
        "im" => ChannelKind.Direct,
        "mpim" => ChannelKind.Group,
        _ => null,
    };
}
