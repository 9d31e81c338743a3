using Bot.Store;

namespace Bot.Tests.Store;

// Read once, also by those who ask while it is being read; what failed is read again; the first asker's end is not the others'.
public sealed class MomentTests
{
    private readonly Moment _moment = new(version: 1);

    [Fact]
    public async Task Those_who_ask_while_it_is_being_read_wait_for_the_same_reading()
    {
        var (reads, value) = (0, new TaskCompletionSource<string>());
        Task<string> ReadAsync(CancellationToken ct)
        {
            reads++;
            return value.Task;
        }

        var (first, second) = (_moment.OnceAsync("status", ReadAsync), _moment.OnceAsync("status", ReadAsync));
        value.SetResult("as it is");

        Assert.Equal(("as it is", "as it is", 1), (await first, await second, reads));
    }

    [Fact]
    public async Task What_failed_is_read_again_by_the_next()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _moment.OnceAsync<string>("status", _ => throw new InvalidOperationException()));

        var next = await _moment.OnceAsync("status", _ => Task.FromResult("as it is"));

        Assert.Equal("as it is", next);
    }

    [Fact]
    public async Task Different_things_are_read_apart()
    {
        await _moment.OnceAsync((typeof(string), 1), _ => Task.FromResult("one"));

        var other = await _moment.OnceAsync((typeof(string), 2), _ => Task.FromResult("two"));

        Assert.Equal("two", other);
    }
}
