using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using FakeSlack.Deliver;
using FakeSlack.People;

namespace Bot.Slack.Tests.Fake;

// A ticket is for one connection; ten connections and no more; a hello counts them; each payload goes to one of them
// a payload in an acknowledgement where none is accepted, an acknowledgement twice: told as complaints; a reply in it is shown; not acknowledged: again with its number
// Socket Mode off: no address
public sealed class SocketTests
{
    [Fact]
    public async Task An_address_is_for_one_connection_and_there_are_ten_at_most()
    {
        await using var call = await StartAsync();
        var address = await AddressAsync(call);

        using var first = await ConnectAsync(address);
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(address));
        var hellos = new List<JsonObject> { await ReadAsync(first) };
        var more = new List<ClientWebSocket>();
        for (var i = 0; i < 10; i++)
        {
            more.Add(await ConnectAsync(await AddressAsync(call)));
            hellos.Add(await ReadAsync(more[^1]));
        }

        Assert.Equal(Enumerable.Range(1, 10), hellos.Take(10).Select(hello => (int)hello["num_connections"]!));
        Assert.Equal(("disconnect", "too_many_websockets"), ((string?)hellos[10]["type"], (string?)hellos[10]["reason"]));
        Assert.Equal(10, call.Slack.OpenSockets);
        more.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task A_command_is_answered_in_its_acknowledgement_and_a_button_is_not()
    {
        await using var call = await StartAsync();
        using var socket = await ConnectAsync(await AddressAsync(call));
        await ReadAsync(socket);
        var ada = call.Slack.As("U1");

        var typing = ada.TypeAsync("#general", "/pilot status");
        var command = await ReadAsync(socket);
        await AcknowledgeAsync(socket, command, """{"text":"All is well."}""");
        await typing;
        var complaintsBefore = call.Slack.Complaints.Count;
        var acting = ada.ShortcutAsync("answer_checkin");
        var shortcut = await ReadAsync(socket);
        await AcknowledgeAsync(socket, shortcut, """{"text":"Ignored."}""");
        await acting;
        await AcknowledgeAsync(socket, shortcut, "{}");
        await call.Slack.UntilAsync("two complaints", () => call.Slack.Complaints.Count == 2);

        Assert.Equal((true, "slash_commands"), ((bool)command["accepts_response_payload"]!, (string?)command["type"]));
        Assert.Equal((false, "interactive"), ((bool)shortcut["accepts_response_payload"]!, (string?)shortcut["type"]));
        Assert.Equal("All is well.", Assert.Single(ada.Messages("#general")).Text);
        Assert.Equal(0, complaintsBefore);
    }

    [Fact]
    public async Task What_is_not_acknowledged_comes_again_by_another_connection_with_its_number()
    {
        await using var call = await StartAsync();
        call.Slack.AcknowledgedWithin = TimeSpan.FromMilliseconds(50);
        using var first = await ConnectAsync(await AddressAsync(call));
        await ReadAsync(first);
        var lost = await call.Slack.As("U1").SayAsync(Person.App, "hello");
        using var second = await ConnectAsync(await AddressAsync(call));
        await ReadAsync(second);
        call.Slack.AcknowledgedWithin = TimeSpan.FromSeconds(30);

        var retrying = call.Slack.RetryDueAsync();
        var envelope = await ReadAsync(second);
        await AcknowledgeAsync(second, envelope, null);
        var again = Assert.Single(await retrying);

        Assert.IsType<Ack.Late>(lost!.Ack);
        Assert.Equal((1, "http_timeout"), ((int)envelope["retry_attempt"]!, (string?)envelope["retry_reason"]));
        Assert.Equal((string?)lost.Payload["event_id"], (string?)envelope["payload"]!["event_id"]);
        Assert.True(again.IsAcknowledged);
    }

    [Fact]
    public async Task Switched_off_there_is_no_address()
    {
        await using var call = await StartAsync();
        call.Slack.App.IsSocketMode = false;

        var error = await call.ErrorAsync("apps.connections.open", "{}");

        Assert.Equal("forbidden_team", error);
    }

    private static async Task<Caller> StartAsync()
    {
        var call = await Caller.StartAsync();
        call.Slack.App.IsSocketMode = true;
        call.Token = call.Slack.App.AppToken;
        return call;
    }

    private static async Task<Uri> AddressAsync(Caller call) => new((string)(await call.JsonAsync("apps.connections.open", "{}"))["url"]!);

    private static async Task<ClientWebSocket> ConnectAsync(Uri address)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(address, CancellationToken.None);
        return socket;
    }

    private static async Task<JsonObject> ReadAsync(ClientWebSocket socket)
    {
        var part = new byte[64 * 1024];
        using var text = new MemoryStream();
        ValueWebSocketReceiveResult read;
        do
        {
            read = await socket.ReceiveAsync(part.AsMemory(), CancellationToken.None);
            text.Write(part, 0, read.Count);
        }
        while (!read.EndOfMessage);
        return JsonNode.Parse(text.ToArray())!.AsObject();
    }

    private static Task AcknowledgeAsync(ClientWebSocket socket, JsonObject envelope, string? payload)
    {
        var acknowledgement = new JsonObject { ["envelope_id"] = envelope["envelope_id"]!.DeepClone() };
        if (payload is not null)
        {
            acknowledgement["payload"] = JsonNode.Parse(payload);
        }

        return socket.SendAsync(Encoding.UTF8.GetBytes(acknowledgement.ToJsonString()), WebSocketMessageType.Text, true, CancellationToken.None);
    }
}
