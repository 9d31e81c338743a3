using System.Collections.Concurrent;
using Bot.Store;

namespace Bot.Chat;

/// <summary>
/// Answers that are still true: what the same person is told to the same words in the same place, as long as nothing in the store has
/// changed since, for the minute in which it was said.
/// </summary>
public sealed class RepeatedQuestions(StoreStamp stamp, TimeProvider clock)
{
    private const int Most = 2000;
    private volatile Moment _moment = new(long.MinValue, long.MinValue);

    /// <summary>The store and the minute as they are now. Take it before the question is looked into.</summary>
    public Moment Now()
    {
        var (version, minute) = (stamp.Read(), clock.GetUtcNow().Ticks / TimeSpan.TicksPerMinute);
        var known = _moment;
        return known.Version == version && known.Minute == minute ? known : _moment = new Moment(version, minute);
    }

    /// <summary>What was answered at one state of the store.</summary>
    public sealed class Moment(long version, long minute)
    {
        private readonly ConcurrentDictionary<Question, Reply> _answers = [];

        internal long Version => version;

        internal long Minute => minute;

        public Reply? Find(CommandTyped typed) => _answers.GetValueOrDefault(Question.Of(typed));

        public void Keep(CommandTyped typed, Reply reply)
        {
            if (_answers.Count < Most)
            {
                _answers.TryAdd(Question.Of(typed), reply);
            }
        }
    }

    /// <summary>All of an event but its delivery: what the platform newly says of the asker has to be noted, so it is another question.</summary>
    private sealed record Question(WorkspaceRef Workspace, ChatPerson? By, Conversation? In, string Text)
    {
        public static Question Of(CommandTyped typed) => new(typed.Workspace, typed.By, typed.In, typed.Text);
    }
}
