using FakeSlack.Deliver;
using FakeSlack.People;

namespace Bot.Slack.Tests.Fake;

// A trigger: unknown, three seconds and not longer, once; a window needs its submit button with inputs
// a second window goes on top only from within the first, three at most; an external id is of one window; a stale hash; closed windows
// what was typed stays over an update of the same field; Home is each person's own
public sealed class ViewMethodTests
{
    [Fact]
    public async Task A_trigger_is_good_for_three_seconds_and_once()
    {
        await using var call = await Caller.StartAsync();
        var (first, second) = (await TriggerAsync(call), await TriggerAsync(call));

        var unknown = await OpenAsync(call, "1.2.x");
        call.Clock.Now += TimeSpan.FromSeconds(3);
        var inTime = await OpenAsync(call, first);
        var again = await OpenAsync(call, first);
        call.Clock.Now += TimeSpan.FromMilliseconds(1);
        var late = await OpenAsync(call, second);

        Assert.Equal(["invalid_trigger_id", null, "exchanged_trigger_id", "expired_trigger_id"], new List<string?> { unknown, inTime, again, late });
    }

    [Fact]
    public async Task A_window_with_inputs_needs_a_button_to_send_them()
    {
        await using var call = await Caller.StartAsync();
        var view = Caller.Modal().Replace(""","submit":{"type":"plain_text","text":"Send"}""", "", StringComparison.Ordinal);

        var refused = await call.JsonAsync("views.open", $$"""{"trigger_id":"{{await TriggerAsync(call)}}","view":{{view}}}""");

        Assert.Equal("invalid_arguments", (string?)refused["error"]);
        Assert.Contains("submit", refused["response_metadata"]!["messages"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Three_windows_stand_on_each_other_and_no_fourth()
    {
        await using var call = await Caller.StartAsync();
        await OpenAsync(call, await TriggerAsync(call));
        var fromOutside = await PushAsync(call, "1.2.x");

        var second = await PushAsync(call, await TriggerInWindowAsync(call));
        var openedOnTop = await OpenAsync(call, await TriggerInWindowAsync(call));
        var third = await PushAsync(call, await TriggerInWindowAsync(call));
        var fourth = await PushAsync(call, await TriggerInWindowAsync(call));

        Assert.Equal(["invalid_trigger_id", null, "invalid_trigger_id", null, "push_limit_reached"], new List<string?> { fromOutside, second, openedOnTop, third, fourth });
    }

    [Fact]
    public async Task An_update_keeps_what_was_typed_and_refuses_a_stale_hash_and_a_closed_window()
    {
        await using var call = await Caller.StartAsync();
        var opened = await call.JsonAsync("views.open", $$"""{"trigger_id":"{{await TriggerAsync(call)}}","view":{{Caller.Modal()}}}""");
        var (id, hash) = ((string)opened["view"]!["id"]!, (string)opened["view"]!["hash"]!);
        var window = call.Slack.As("U1").Window!;
        await window.FillAsync("Name", "typed");

        var updated = await call.JsonAsync("views.update", $$"""{"view_id":"{{id}}","hash":"{{hash}}","view":{{Caller.Modal("Other")}}}""");
        var stale = await call.ErrorAsync("views.update", $$"""{"view_id":"{{id}}","hash":"{{hash}}","view":{{Caller.Modal("Third")}}}""");
        await window.CloseAsync();
        var closed = await call.ErrorAsync("views.update", $$"""{"view_id":"{{id}}","view":{{Caller.Modal("Fourth")}}}""");

        Assert.Equal("typed", (string?)updated["view"]!["state"]!["values"]!["name"]!["name"]!["value"]);
        Assert.Equal(("Other", "hash_conflict", "not_found"), (window.Title, stale, closed));
    }

    [Fact]
    public async Task An_external_id_is_of_one_window()
    {
        await using var call = await Caller.StartAsync();
        var view = Caller.Modal(more: ""","external_id":"one" """);
        await call.JsonAsync("views.open", $$"""{"trigger_id":"{{await TriggerAsync(call)}}","view":{{view}}}""");

        var taken = await call.ErrorAsync("views.push", $$"""{"trigger_id":"{{await TriggerInWindowAsync(call)}}","view":{{view}}}""");
        var found = await call.ErrorAsync("views.update", $$"""{"external_id":"one","view":{{view}}}""");

        Assert.Equal(("duplicate_external_id", null), (taken, found));
    }

    [Fact]
    public async Task Home_is_each_persons_own_and_no_modal()
    {
        await using var call = await Caller.StartAsync();
        const string Home = """{"type":"home","blocks":[{"type":"section","text":{"type":"plain_text","text":"Yours"}}]}""";

        var published = await call.ErrorAsync("views.publish", $$"""{"user_id":"U1","view":{{Home}}}""");
        var modal = await call.ErrorAsync("views.publish", $$"""{"user_id":"U1","view":{{Caller.Modal()}}}""");
        var nobody = await call.ErrorAsync("views.publish", $$"""{"user_id":"U9","view":{{Home}}}""");
        var stale = await call.ErrorAsync("views.publish", $$"""{"user_id":"U1","hash":"0.x","view":{{Home}}}""");

        Assert.Equal([null, "invalid_arguments", "invalid_arguments", "hash_conflict"], new List<string?> { published, modal, nobody, stale });
        Assert.Contains("Yours", (await call.Slack.As("U1").HomeAsync()).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_window_covers_what_is_behind_it()
    {
        await using var call = await Caller.StartAsync();
        await OpenAsync(call, await TriggerAsync(call));

        var impossible = await Assert.ThrowsAsync<ImpossibleException>(() => call.Slack.As("U1").TypeAsync("#general", "/pilot status"));

        Assert.Contains("covers", impossible.Message, StringComparison.Ordinal);
        Assert.IsType<Ack.Unreachable>((await call.Slack.As("U2").TypeAsync("#general", "/pilot status")).Ack);
    }

    private static async Task<string> TriggerAsync(Caller call) => (string)(await call.Slack.As("U1").ShortcutAsync("answer_checkin")).Payload["trigger_id"]!;

    /// <summary>By submitting what cannot arrive: it stays open.</summary>
    private static async Task<string> TriggerInWindowAsync(Caller call)
    {
        var window = call.Slack.As("U1").Window!;
        await window.FillAsync("Name", "x");
        await window.SubmitAsync();
        return (string)call.Slack.Deliveries[^1].Payload["trigger_id"]!;
    }

    private static Task<string?> OpenAsync(Caller call, string trigger) => call.ErrorAsync("views.open", $$"""{"trigger_id":"{{trigger}}","view":{{Caller.Modal()}}}""");

    private static Task<string?> PushAsync(Caller call, string trigger) => call.ErrorAsync("views.push", $$"""{"trigger_id":"{{trigger}}","view":{{Caller.Modal()}}}""");
}
