using Bot.Chat;
using FakeSlack.People;
using Person = FakeSlack.People.Person;

namespace Bot.Slack.Tests.Inbound;

// The same thing told twice: an event by its id, a press or a form under other triggers; taken once, shown once, and answered the same. What failed is no
// duplicate. And what is typed: kept two seconds after, not after it was sent, and by a stop of the host.
public sealed class DuplicateTests : IAsyncLifetime
{
    private Adapter _adapter = null!;

    private Person Ana => _adapter.Slack.As("U00000ANA");

    public async Task InitializeAsync() => _adapter = await Adapter.StartAsync();

    public async Task DisposeAsync() => await _adapter.DisposeAsync();

    [Fact]
    public async Task An_event_that_was_acknowledged_and_comes_again_is_answered_once()
    {
        _adapter.Product.Answers = _ => Task.FromResult<Reply>(Replies.Whisper("All is well."));

        var first = await Ana.SayAsync(Person.App, "status");
        var again = await _adapter.Slack.RepeatAsync(first!);

        Assert.True(again.IsAcknowledged);
        await Ana.SeesAsync(Person.App, "All is well.");
        _adapter.Product.Single<CommandTyped>();
    }

    [Fact]
    public async Task A_press_told_twice_under_other_triggers_is_one_delivery_and_two_presses_are_two()
    {
        _adapter.Product.Answers = _ => Task.FromResult<Reply>(new Reply.Whisper(Replies.Pressable()));
        await Ana.TypeAsync("#team", "/pilot");
        var first = await Ana.PressAsync(await Ana.SeesAsync("#team", "A card"), "Press");

        var twin = first.Payload.DeepClone().AsObject();
        twin["trigger_id"] = "another";
        using var answer = await _adapter.PostAsync("payload=" + Uri.EscapeDataString(twin.ToJsonString()), "/slack/interactions", "application/x-www-form-urlencoded");
        var told = _adapter.Product.Heard.OfType<CardAction>().Count();
        await Ana.PressAsync(await Ana.SeesAsync("#team", "A card"), "Press");

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal(1, told);
        Assert.Equal(2, _adapter.Product.Heard.OfType<CardAction>().Select(pressed => pressed.Delivery).Distinct().Count());
    }

    [Fact]
    public async Task A_form_told_twice_is_taken_once_and_answered_the_same_and_one_with_errors_is_looked_at_again()
    {
        var window = await OpenAsync();
        _adapter.Product.Answers = _ => Task.FromResult<Reply>(new Reply.FieldErrors(Replies.Form(), new Dictionary<string, string> { ["name"] = "Taken." }));
        var refused = await window.SubmitAsync();
        _adapter.Product.Answers = _ => Task.FromResult<Reply>(Replies.Silence);
        await window.SubmitAsync();
        var sent = _adapter.Slack.Deliveries[^1];

        var twin = await _adapter.Slack.RepeatAsync(sent);

        Assert.IsType<Submission.FieldErrors>(refused);
        Assert.True(twin.IsAcknowledged);
        Assert.Equal(2, _adapter.Product.Heard.OfType<FormSubmitted>().Count());
    }

    [Fact]
    public async Task What_is_typed_is_kept_after_two_seconds_with_everything_in_the_form()
    {
        var window = await OpenAsync();

        _adapter.Clock.Advance(TimeSpan.FromSeconds(2));

        var kept = await _adapter.Product.UntilAsync<FormClosed>();
        Assert.Equal("Churn", kept.Values["name"]);
        Assert.Equal(new ActionRef("name-form", "k1"), kept.Form);
        Assert.True(window.IsOpen);
    }

    [Fact]
    public async Task A_window_that_is_closed_keeps_what_was_typed_at_once()
    {
        var window = await OpenAsync();

        await window.CloseAsync();

        Assert.Equal("Churn", (await _adapter.Product.UntilAsync<FormClosed>()).Values["name"]);
    }

    [Fact]
    public async Task The_last_letters_told_after_the_form_was_sent_are_no_draft()
    {
        var window = await OpenAsync();
        var typed = _adapter.Slack.Deliveries[^1];
        _adapter.Product.Answers = _ => Task.FromResult<Reply>(Replies.Silence);
        await window.SubmitAsync();

        await _adapter.Slack.RepeatAsync(typed);
        await _adapter.StopAsync();

        Assert.Empty(_adapter.Product.Heard.OfType<FormClosed>());
    }

    [Fact]
    public async Task A_stop_of_the_host_keeps_what_was_typed_last()
    {
        await OpenAsync();

        await _adapter.StopAsync();

        Assert.Equal("Churn", _adapter.Product.Heard.OfType<FormClosed>().Single().Values["name"]);
    }

    private async Task<Window> OpenAsync()
    {
        _adapter.Product.Answers = _ => Task.FromResult<Reply>(new Reply.OpenForm(Replies.Form()));
        await Ana.TypeAsync("#team", "/pilot new");
        var window = await Ana.WindowAsync();
        await window.FillAsync("Name", "Churn");
        return window;
    }
}
