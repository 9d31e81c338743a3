using System.Text.Json.Nodes;
using FakeSlack.Deliver;
using FakeSlack.World;

namespace FakeSlack.Api;

/// <summary>chat.*: what the bot says.</summary>
internal sealed class ChatMethods(SlackWorld world, Events events)
{
    private const int LongestText = 40_000;
    private const int LongestUpdate = 4000;
    private const int LongestMarkdown = 12_000;

    public IEnumerable<ApiMethod> All =>
    [
        new("chat.postMessage", true, false, TokenKind.Bot, "chat:write", 0,
            ["channel!", "text", "blocks:json", "attachments:json", "markdown_text", "thread_ts", "reply_broadcast:flag", "unfurl_links:flag", "unfurl_media:flag", "mrkdwn:flag", "parse", "link_names:flag", "metadata:json"],
            Post),
        new("chat.update", true, false, TokenKind.Bot, "chat:write", 50, ["channel!", "ts!", "text", "blocks:json", "attachments:json", "markdown_text", "parse", "link_names:flag", "metadata:json"], Update),
        new("chat.postEphemeral", true, false, TokenKind.Bot, "chat:write", 100, ["channel!", "user!", "text", "blocks:json", "attachments:json", "markdown_text", "thread_ts", "parse", "link_names:flag"], PostEphemeral),
    ];

    private ApiAnswer Post(ApiCall call)
    {
        if (Unsayable(call.Arguments, LongestText) is { } unsayable)
        {
            return unsayable;
        }

        var (channel, refused) = Where(call);
        if (channel is null)
        {
            return refused!;
        }

        var by = call.By!;
        if (channel.IsArchived)
        {
            return ApiAnswer.Refused("is_archived");
        }

        if (channel.Kind == ChannelKind.Direct && !world.App.HasMessagesTab)
        {
            return ApiAnswer.Refused("messages_tab_disabled");
        }

        if (!channel.Members.Contains(by.BotUserId) && !by.Scopes.Contains("chat:write.public"))
        {
            return ApiAnswer.Refused("not_in_channel");
        }

        if (Gone(channel, by) is { } gone)
        {
            return gone;
        }

        if (call.Arguments.Text("thread_ts") is { } thread && channel.Messages.Find(message => message.Ts == thread) is not { IsDeleted: false, OnlyFor: null })
        {
            return ApiAnswer.Refused("thread_not_found");
        }

        var posted = new Message(world.Ids.Ts(), channel, by.BotUserId)
        {
            BotId = by.BotId, Text = Text(call.Arguments), Blocks = Blocks(call.Arguments), ThreadTs = call.Arguments.Text("thread_ts"),
        };
        channel.Messages.Add(posted);
        var shown = posted.Show(channel.Workspace.Id, world.App.Id);
        if (channel.Kind == ChannelKind.Direct)
        {
            events.Said(posted);
        }

        return ApiAnswer.Ok(new JsonObject { ["channel"] = channel.Id, ["ts"] = posted.Ts, ["message"] = shown });
    }

    private ApiAnswer Update(ApiCall call)
    {
        if (call.Arguments.Text("channel")![0] is 'U' or 'W')
        {
            return ApiAnswer.Refused("channel_not_found", "chat.update takes the id of the direct chat (D...), not of the person");
        }

        if (Unsayable(call.Arguments, LongestUpdate) is { } unsayable)
        {
            return unsayable;
        }

        var (channel, refused) = call.FindChannel();
        if (channel is null)
        {
            return refused!;
        }

        var message = channel.Messages.Find(said => said.Ts == call.Arguments.Text("ts"));
        if (message is not { IsDeleted: false, OnlyFor: null })
        {
            return ApiAnswer.Refused("message_not_found", message?.OnlyFor is not null ? "what only one person sees is changed by its response_url" : "ts: no message of this channel has it");
        }

        if (message.BotId != call.By!.BotId)
        {
            return ApiAnswer.Refused("cant_update_message");
        }

        if (channel.IsArchived)
        {
            return ApiAnswer.Refused("is_archived");
        }

        // Text alone takes the blocks away.
        message.Text = Text(call.Arguments);
        message.Blocks = Blocks(call.Arguments);
        message.Edits++;
        return ApiAnswer.Ok(new JsonObject { ["channel"] = channel.Id, ["ts"] = message.Ts, ["text"] = message.Text, ["message"] = message.Show(channel.Workspace.Id, world.App.Id) });
    }

    private ApiAnswer PostEphemeral(ApiCall call)
    {
        if (Unsayable(call.Arguments, LongestText) is { } unsayable)
        {
            return unsayable;
        }

        var (channel, refused) = call.FindChannel();
        if (channel is null)
        {
            return refused!;
        }

        if (channel.IsArchived)
        {
            return ApiAnswer.Refused("is_archived");
        }

        if (!channel.Members.Contains(call.By!.BotUserId))
        {
            return ApiAnswer.Refused("not_in_channel");
        }

        if (!channel.Members.Contains(call.Arguments.Text("user")!))
        {
            return ApiAnswer.Refused("user_not_in_channel");
        }

        var posted = new Message(world.Ids.Ts(), channel, call.By.BotUserId)
        {
            BotId = call.By.BotId, Text = Text(call.Arguments), Blocks = Blocks(call.Arguments), ThreadTs = call.Arguments.Text("thread_ts"), OnlyFor = call.Arguments.Text("user"),
        };
        channel.Messages.Add(posted);
        return ApiAnswer.Ok(new JsonObject { ["message_ts"] = posted.Ts });
    }

    /// <summary>A user's id opens the direct chat with the bot.</summary>
    private static (Channel? Channel, ApiAnswer? Refused) Where(ApiCall call)
    {
        var id = call.Arguments.Text("channel")!;
        if (id.Length == 0 || id[0] is not ('U' or 'W'))
        {
            return call.FindChannel();
        }

        return call.FindMember(id) is not var (workspace, member) ? (null, ApiAnswer.Refused("channel_not_found", "channel: nobody has this id"))
            : member.IsBot ? (null, ApiAnswer.Refused("cannot_dm_bot"))
            : (workspace.Direct(member.Id, call.By!.BotUserId), null);
    }

    private static ApiAnswer? Gone(Channel channel, Installation by) =>
        channel.Kind == ChannelKind.Direct && channel.Members.Where(member => member != by.BotUserId).Select(channel.Workspace.FindMember).FirstOrDefault() is { IsDeactivated: true }
            ? ApiAnswer.Refused("user_disabled")
            : null;

    private ApiAnswer? Unsayable(Arguments arguments, int longest)
    {
        var (text, blocks, markdown) = (arguments.Text("text"), arguments.Json("blocks"), arguments.Text("markdown_text"));
        if (markdown is not null && (text is not null || blocks is not null))
        {
            return ApiAnswer.Refused("markdown_text_conflict");
        }

        if (string.IsNullOrEmpty(text) && blocks is not JsonArray { Count: > 0 } && string.IsNullOrEmpty(markdown) && arguments.Json("attachments") is not JsonArray { Count: > 0 })
        {
            return ApiAnswer.Refused("no_text");
        }

        if (text?.Length > longest || markdown?.Length > LongestMarkdown)
        {
            return ApiAnswer.Refused("msg_too_long", $"text is {text?.Length ?? markdown!.Length} characters long");
        }

        if (blocks is not null && BlockCheck.Message(blocks) is { } wrong)
        {
            return wrong;
        }

        return arguments.Json("metadata") is { } metadata and not JsonObject ? ApiAnswer.Refused("invalid_metadata_format", metadata.ToJsonString()) : null;
    }

    private static string Text(Arguments arguments) => arguments.Text("text") ?? arguments.Text("markdown_text") ?? "";

    private JsonArray Blocks(Arguments arguments) => arguments.Json("blocks") is JsonArray blocks ? BlockTree.WithIds(blocks, world.Ids) : [];
}
