using Bot.Chat;

namespace Bot.Tests.Chat;

// So many at once; the next has its turn when one of them is done, in the order in which they came. Who waits too long, and what they are told: the adapters' tests.
public sealed class AdmissionTests
{
    [Fact]
    public async Task Who_comes_when_all_are_at_work_has_their_turn_when_one_is_done()
    {
        using var admission = new Admission(TimeProvider.System);
        var working = new Queue<IDisposable>();
        for (var i = 0; i < 32; i++)
        {
            working.Enqueue((await admission.EnterAsync())!);
        }

        var (first, second) = (admission.EnterAsync().AsTask(), admission.EnterAsync().AsTask());
        var isFirstIn = first.IsCompleted;
        working.Dequeue().Dispose();
        var turn = await first;

        Assert.Equal((false, false), (isFirstIn, second.IsCompleted));
        Assert.NotNull(turn);
        turn.Dispose();
        Assert.NotNull(await second);
    }
}
