using System.Text;
using Bot.Slack.Tests.Fake;
using FakeSlack.People;
using Microsoft.AspNetCore.Http;

namespace Bot.Slack.Tests.Bolt;

// Every kind of payload the fake delivers is of the type that Slack's own packages give it (tsc --strict over @slack/bolt and @slack/types)
// and one without what its type asks for is found: the check can fail
public sealed class PayloadTypeTests
{
    /// <summary>Slack sends more than its types name, and null for what they leave out: neither is a fault, anything missing or of another type is.</summary>
    private const string Loose = """
        type Loose<T> = T extends (infer U)[] ? Loose<U>[] : T extends object ? { [K in keyof T]: Loose<T[K]> } & { [more: string]: unknown } : T;
        """;

    [NodeFact]
    public async Task Payloads_are_of_Slacks_own_types()
    {
        await using var call = await Caller.StartAsync();
        await using var app = await AnApp.StartAsync(TypedResults.Ok());
        call.Slack.App.PointTo(app.Address);
        await LiveAsync(call);
        var delivered = call.Slack.Deliveries.Select(delivery => (Type: TypeOf(delivery), delivery.Payload)).ToList();

        var faults = await CheckAsync(delivered.Select(one => (one.Type, one.Payload.ToJsonString())));

        Assert.True(faults.Length == 0, faults);
        Assert.Equal(
            [
                "BlockAction", "EnvelopedEvent<AppHomeOpenedEvent>", "EnvelopedEvent<AppMentionEvent>", "EnvelopedEvent<ChannelRenameEvent>", "EnvelopedEvent<MemberJoinedChannelEvent>",
                "EnvelopedEvent<Omit<GenericMessageEvent, 'subtype'>>", "EnvelopedEvent<TokensRevokedEvent>", "GlobalShortcut", "MessageShortcut", "Omit<BlockAction, 'response_url'>", "SlashCommand",
                "ViewClosedAction", "ViewSubmitAction",
            ],
            delivered.Select(one => one.Type).Where(type => !type.Contains("AppUninstalled", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal));
    }

    [NodeFact]
    public async Task A_payload_without_its_user_is_found()
    {
        await using var call = await Caller.StartAsync();
        var shortcut = (await call.Slack.As("U1").ShortcutAsync("answer_checkin")).Payload;
        shortcut.Remove("user");

        var faults = await CheckAsync([("GlobalShortcut", shortcut.ToJsonString())]);

        Assert.Contains("user", faults, StringComparison.Ordinal);
    }

    private static async Task LiveAsync(Caller call)
    {
        var ada = call.Slack.As("U1");
        await ada.TypeAsync("#general", "/pilot status");
        await call.JsonAsync("chat.postMessage", """{"channel":"C1","text":"x","blocks":[{"type":"actions","elements":[{"type":"button","action_id":"go","text":{"type":"plain_text","text":"Go"}}]}]}""");
        var message = ada.Messages("#general")[^1];
        await ada.PressAsync(message, "Go");
        await ada.ShortcutAsync(message, "answer_checkin");
        var trigger = (string)(await ada.ShortcutAsync("answer_checkin")).Payload["trigger_id"]!;
        var view = Caller.Modal(more: ""","notify_on_close":true""")
            .Replace("\"block_id\":\"name\"", "\"block_id\":\"name\",\"dispatch_action\":true", StringComparison.Ordinal)
            .Replace("\"action_id\":\"name\"", "\"action_id\":\"name\",\"dispatch_action_config\":{\"trigger_actions_on\":[\"on_character_entered\"]}", StringComparison.Ordinal);
        await call.JsonAsync("views.open", $$"""{"trigger_id":"{{trigger}}","view":{{view}}}""");
        await ada.Window!.FillAsync("Name", "typed");
        await ada.Window!.SubmitAsync();
        trigger = (string)(await ada.ShortcutAsync("answer_checkin")).Payload["trigger_id"]!;
        await call.JsonAsync("views.open", $$"""{"trigger_id":"{{trigger}}","view":{{view}}}""");
        await ada.Window!.CloseAsync();
        await call.JsonAsync("views.publish", """{"user_id":"U1","view":{"type":"home","blocks":[]}}""");
        await ada.HomeAsync();
        await ada.SayAsync("#general", "@afterpilot hello");
        await ada.SayAsync(Person.App, "hello");
        await call.Slack.Membership.JoinAsync(call.Channel, "U2", "U1");
        await call.Slack.Membership.RenameAsync(call.Channel, "renamed");
        await call.Slack.UninstallAsync(call.Installed);
    }

    private static string TypeOf(FakeSlack.Deliver.Delivery delivery) => (string?)delivery.Payload["type"] switch
    {
        "event_callback" => $"EnvelopedEvent<{EventType((string)delivery.Payload["event"]!["type"]!)}>",
        "block_actions" => delivery.Payload["view"] is null ? "BlockAction" : "Omit<BlockAction, 'response_url'>",
        "view_submission" => "ViewSubmitAction",
        "view_closed" => "ViewClosedAction",
        "shortcut" => "GlobalShortcut",
        "message_action" => "MessageShortcut",
        _ => "SlashCommand",
    };

    // The subtype of a message without one is of the type undefined, which JSON has not.
    private static string EventType(string name) => name == "message" ? "Omit<GenericMessageEvent, 'subtype'>" : string.Concat(name.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part[1..])) + "Event";

    /// <summary>What the compiler says; empty when all are of their types.</summary>
    private static async Task<string> CheckAsync(IEnumerable<(string Type, string Json)> payloads)
    {
        var source = new StringBuilder()
            .AppendLine("import type { BlockAction, EnvelopedEvent, GlobalShortcut, MessageShortcut, SlashCommand, ViewClosedAction, ViewSubmitAction } from '@slack/bolt';")
            .AppendLine("import type { AppHomeOpenedEvent, AppMentionEvent, AppUninstalledEvent, ChannelRenameEvent, GenericMessageEvent, MemberJoinedChannelEvent, TokensRevokedEvent } from '@slack/types';")
            .AppendLine(Loose);
        foreach (var ((type, json), number) in payloads.Select((payload, number) => (payload, number)))
        {
            source.AppendLine($"export const p{number}: Loose<{type}> = {json};");
        }

        return await TypeScript.CheckAsync(source.ToString(), nulls: false);
    }
}
